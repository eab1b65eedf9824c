using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>The few sentences that the embedded answerer says of its own accord, in the customer's language.</summary>
internal sealed record Phrases(
    string Hello, string CanHelpWith, string AskAnything, string Welcome, string Bye, string DidYouMean, string OrSayOtherwise, string NotFound, string NearTopics,
    string PassingOn, string OrderPassedOn, string Sorry, string Noted, string CannotSee, string RestUnknown, string OtherLanguageOnly, string WhatElse)
{
    private static readonly Phrases Spanish = new(
        Hello: "¡Hola! Soy el asistente automático. 👋",
        CanHelpWith: "Te puedo contar, por ejemplo, sobre:",
        AskAnything: "Escribime tu pregunta, o pedime hablar con una persona cuando quieras.",
        Welcome: "¡De nada! Acá estoy si necesitás algo más.",
        Bye: "¡Hasta luego! Que tengas un lindo día.",
        DidYouMean: "¿Tu consulta es sobre alguno de estos temas?",
        OrSayOtherwise: "Respondé con el número, o contame con otras palabras.",
        NotFound: "No encontré información sobre eso y no quiero inventarte una respuesta. ¿Me lo contás con otras palabras?",
        NearTopics: "Si preferís, te paso con una persona del equipo.",
        PassingOn: "Te paso con una persona del equipo, que sigue por acá.",
        OrderPassedOn: "¡Gracias! Le paso tu pedido a una persona del equipo, que te lo confirma por acá.",
        Noted: "¡Perfecto! Cualquier otra cosa, escribime.",
        Sorry: "Lamento mucho lo que pasó. Te paso con una persona del equipo para que lo resuelva.",
        CannotSee: "No puedo ver ni escuchar archivos. ¿Me lo contás por escrito?",
        RestUnknown: "Sobre lo demás no tengo el dato; si querés, te paso con una persona del equipo.",
        OtherLanguageOnly: "Tengo esta información solo en inglés:",
        WhatElse: "¿Qué te gustaría saber?");

    private static readonly Phrases English = new(
        Hello: "Hello! I am the automatic assistant. 👋",
        CanHelpWith: "I can tell you, for example, about:",
        AskAnything: "Write me your question, or ask for a person whenever you like.",
        Welcome: "You're welcome! I am here if you need anything else.",
        Bye: "Goodbye! Have a lovely day.",
        DidYouMean: "Is your question about one of these?",
        OrSayOtherwise: "Answer with the number, or tell me in other words.",
        NotFound: "I found nothing about that, and I do not want to make up an answer. Could you put it in other words?",
        NearTopics: "Or I can pass you on to a person of our team.",
        PassingOn: "I am passing you on to a person of our team, who will go on here.",
        OrderPassedOn: "Thank you! I am passing your order on to a person of our team, who will confirm it here.",
        Noted: "Great! Write to me if there is anything else.",
        Sorry: "I am very sorry about that. I am passing you on to a person of our team who will look into it.",
        CannotSee: "I cannot see or hear files. Could you tell me in writing?",
        RestUnknown: "About the rest I have no information; I can pass you on to a person of our team.",
        OtherLanguageOnly: "I have this only in Spanish:",
        WhatElse: "What would you like to know?");

    public static Phrases In(string tongue) => tongue == Tongue.Spanish ? Spanish : English;

    /// <summary>Whether our last words told that we had not understood, in either language.</summary>
    public static bool WereUnsure(string said) =>
        new[] { Spanish, English }.Any(p => said.Contains(p.NotFound, StringComparison.Ordinal) || said.Contains(p.DidYouMean, StringComparison.Ordinal)
            || said.Contains(p.CannotSee, StringComparison.Ordinal));

    /// <summary>Whether our last words ended a matter: thanks for thanks would go on for ever.</summary>
    public static bool Closed(string said) => SaidBye(said) || new[] { Spanish, English }.Any(p => said == p.Welcome || said == p.Noted);

    public static bool SaidBye(string said) => said == Spanish.Bye || said == English.Bye;

    /// <summary>Whether our last words offered a person.</summary>
    public static bool OfferedPerson(string said) =>
        new[] { Spanish, English }.Any(p => said.Contains(p.NearTopics, StringComparison.Ordinal) || said.Contains(p.RestUnknown, StringComparison.Ordinal));
}
