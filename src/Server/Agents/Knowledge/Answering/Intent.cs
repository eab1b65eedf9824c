using System.Text.RegularExpressions;
using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>What a message is for, beside asking something.</summary>
internal enum Intent
{
    /// <summary>Wants to know something, as far as one can tell.</summary>
    Question,
    Greeting,
    Thanks,
    Goodbye,

    /// <summary>Asks what it can be asked.</summary>
    Help,
    WantsPerson,
    Complaint,

    /// <summary>An answer to a question of ours.</summary>
    Yes,
    No,
}

/// <summary>Recognises it by fixed phrases; whatever fits none is a question.</summary>
internal static partial class Intents
{
    public static Intent Of(string text)
    {
        // Without accents, capitals and punctuation, with one space between words.
        var words = string.Join(' ', Letters.Words(text));
        return
            WantsPerson().IsMatch(words) ? Intent.WantsPerson
            : Complaint().IsMatch(words) ? Intent.Complaint
            : Help().IsMatch(words) ? Intent.Help
            : Greeting().IsMatch(words) ? Intent.Greeting
            : Thanks().IsMatch(words) ? Intent.Thanks
            : Goodbye().IsMatch(words) ? Intent.Goodbye
            : Yes().IsMatch(words) ? Intent.Yes
            : No().IsMatch(words) ? Intent.No
            : Intent.Question;
    }

    [GeneratedRegex(@"\b((hablar?|comunicarme|comunicame|contactarme|pasame|paseme|chatear|atienda|atender) (con )?(un |una |algun |alguna |la |el )?(humano|persona|operador|operadora|asesor|asesora|representante|agente|encargad[oa]|duen[oa]|gerente|alguien|vendedor|vendedora)|(una|un) (persona|humano) (real|de verdad)|(no|sos|eres) (quiero )?(hablar con )?(un |una )?(robot|bot|maquina)\b|atencion humana|asesor humano|(talk|speak|chat) (to|with) (a |an |the |some ?one|somebody)?\s?(real |actual |live )?(human|person|operator|agent|representative|manager|owner|someone|somebody|staff)|(real|actual|live) (human|person)|human (agent|being|please)|customer service rep|are you a (bot|robot))|^(humano|persona|operador|operadora|asesor|asesora|human|person|operator|representative|agente|agent)( por favor| please)?$")]
    private static partial Regex WantsPerson();

    // Someone who is hurt or angry is not for a machine, whatever the articles say about complaints.
    [GeneratedRegex(@"\b(quiero hacer (un|una) (reclamo|queja|denuncia)|tengo (un|una) (reclamo|queja)|(muy|re|super) (enojad|molest|decepcionad)[oa]|estoy (enojad|indignad|harto|harta|cansad)|(es|fue) (un|una) (estafa|verguenza|desastre|porqueria|asco)|pesim[oa]|nadie me (contesta|responde|atiende)|(llego|vino|estaba|estaban|llegaron|vinieron) (todo |toda |muy |re )?(rot[oa]s?|aplastad[oa]s?|fri[oa]s?|mal|vencid[oa]s?|quemad[oa]s?|podrid[oa]s?|incomplet[oa]s?|equivocad[oa]s?|con hongos)|nunca (llego|llegaron|vino)|no (me )?llego (el|mi|nada)|me (intoxique|cayo mal|cobraron (de mas|dos veces|mal))|i want to (make a complaint|complain)|i have a complaint|(very|really|so) (angry|upset|disappointed|unhappy)|this is (unacceptable|a scam|a joke|ridiculous|terrible|awful)|nobody (answers|replies)|(arrived|came|was|were) (all |completely |a little |totally )?(broken|squashed|crushed|smashed|cold|burnt|mouldy|moldy|rotten|stale|damaged|incomplete|wrong)|never (arrived|came)|(hasnt|didnt|did not|has not) (arrived?|come|show up)|charged (me )?twice|overcharged|made me sick|food poisoning)\b")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"^((hola|hello|hi|buenas) )?((en|con) que (me )?(podes|puedes|podrias|puede) ayudar(me)?|que (podes|puedes|sabes|puede) hacer( vos)?|que (te |les )?puedo preguntar(te)?|ayuda|menu|opciones|como funciona(s)? (esto|este chat)|what can you (do|help (me )?with)|how can you help( me)?|what can i ask( you)?|help|menu|options)( por favor| please)?$")]
    private static partial Regex Help();

    [GeneratedRegex(@"^(hola+|holis?|holi|buenas|buen(os)? dias?|buenas (tardes|noches)|que tal|como (estan?|andan?|va|estas)|todo bien|saludos|hello|hi|hiya|hey|good (morning|afternoon|evening|day)|how are you|how is it going|hows it going|there|team|ahi|a todos|gente|todo|alguien|anyone|anybody|consulta|una consulta|tengo una consulta|quiero hacer una consulta|quick question|i have a question|\s)+$")]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^((ok|okay|dale|listo|perfecto|genial|buenisimo|barbaro|great|perfect|excelente|joya|super|awesome|cool|lovely|ah|muy bien|que bueno) )*(muchas |mil |muchisimas )?(gracias|thanks|thank you|thx|ty|cheers|agradecid[oa]|te agradezco)( a vos| a ustedes| por todo| por la info(rmacion)?| por tu ayuda| por la ayuda| a lot| so much| very much| for (the|your) help| for the info| again)*( (genial|perfecto|saludos|great|perfect|bye|chau|adios|hasta luego|dale|listo|joya|that s all|thats all|eso es todo|nada mas))*$|^(ok|okay|dale|listo|perfecto|genial|buenisimo|barbaro|entendido|great|perfect|excelente|joya|got it|awesome|cool|lovely|understood|de acuerdo|eso es todo|nada mas|that s all|thats all|no thats all|no eso es todo)( (ok|dale|listo|genial|perfecto|great))*$")]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^((ok|dale|bueno|great|perfect|gracias|thanks|thank you) )*((chau+|chao|adios|hasta (luego|manana|pronto)|nos vemos|bye|bye bye|goodbye|see you( (later|soon|tomorrow))?|have a (good|nice|great) (day|one|evening|weekend)|que tengan? (un )?(buen|lindo) (dia|finde|fin de semana)|buen finde|buen fin de semana)( |$))+$")]
    private static partial Regex Goodbye();

    [GeneratedRegex(@"^(si+|sip|sii|claro|si por favor|por favor|eso|esa|ese|exacto|correcto|obvio|yes|yeah|yep|yup|sure|yes please|please|correct|exactly|that one|that)( (si|gracias|please|eso|exacto|por favor|thanks))*$")]
    private static partial Regex Yes();

    [GeneratedRegex(@"^(no+|nop|nope|no gracias|ninguna|ninguno|ningun[oa] de (esos|esas|las dos|los dos|ellos|ellas)|nada de eso|no es eso|otra cosa|none|neither|none of (them|those|these)|no thanks|no thank you|not that|something else)$")]
    private static partial Regex No();
}
