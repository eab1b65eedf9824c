using System.Globalization;

namespace ChatOperator.Hosting;

/// <summary>
/// What each problem means in Spanish, by its code. English is what the thrower says. A test finds a code that has no words here.
/// </summary>
internal static class ProblemWords
{
    /// <summary>Stands where the thrower's own words go: they name what a rule in general cannot.</summary>
    private const string Said = "{0}";

    private static readonly Dictionary<string, (string Detail, string NextStep)> Spanish = new(StringComparer.Ordinal)
    {
        ["account_disabled"] = ("Esta cuenta de canal está desactivada.", "Activala en Canales."),
        ["account_exists"] = ("Esta cuenta ya está conectada.", "Cambiá la que existe."),
        ["account_gone"] = ("La cuenta a la que llegó esto ya no está conectada.", "Conectala otra vez y después reprocesá."),
        ["agent_changed"] = ("Otra persona cambió el agente mientras tanto.", "Volvé a leerlo y repetí tu cambio."),
        ["agent_silent"] = ("El agente no puede responder acá.", "Preguntá por qué no responde: cada causa tiene su remedio."),
        ["message_cancelled"] = ("Este mensaje fue cancelado.", "Escribí otro."),
        ["already_claimed"] = ("Este mensaje ya se está enviando, o ya salió.", "Ya no se puede cambiar; escribí otro."),
        ["already_held"] = ("Ya tenés esta conversación.", "Seguí con ella."),
        ["attachment_not_ready"] = ("Este archivo ya se envió, o no terminó de subir.", "Subilo otra vez."),
        ["channel_source_mismatch"] = ("Esta conversación es de otra red.", "Recargá el chat y enviá otra vez."),
        ["channel_source_missing"] = ("Falta channel_source.", "Enviá el channel_source de la conversación."),
        ["console_missing"] = ("Este servidor se armó sin la consola.", "Armalo con Node instalado, o usá la API."),
        ["conversation_locked"] = ("Una persona tiene esta conversación.", "Pedísela, tomala o devolvésela al agente primero."),
        ["conversion_unavailable"] = (
            "Esta grabación hay que convertirla para la red, y ffmpeg no está instalado en el servidor.",
            "Enviala como MP3, M4A u Ogg con Opus, o pedile a quien administra el servidor que instale ffmpeg."),
        ["cross_site_request"] = (
            "Este pedido viene de una página de otro sitio.",
            "Usá la consola en la dirección del propio servidor; si ya lo hacés, poné esa dirección en PublicUrl."),
        ["cursor_expired"] = ("Los cambios posteriores a este cursor ya no se guardan.", "Leé la página más nueva sin since y seguí desde su X-Cursor."),
        ["email_taken"] = ("Ya existe un operador con este correo.", "Usá otro correo."),
        ["file_gone"] = ("Este archivo ya no está en el servidor, o nunca llegó.", "Pedile a la persona que lo envíe otra vez."),
        ["file_not_here_yet"] = ("El archivo todavía se está trayendo de la red.", "Probá de nuevo en unos segundos."),
        ["file_too_large"] = ("El archivo es más grande de lo que acepta la red.", "Enviá un archivo más chico, o un enlace."),
        ["file_type_not_accepted"] = ("La red no acepta este tipo de archivo.", "Enviá otro tipo de archivo, o un enlace."),
        ["files_not_taken"] = ("Este chat no acepta archivos.", "Escribí un mensaje."),
        ["forbidden"] = ("No tenés permiso para esto.", "Pedíselo a un dueño de tu negocio."),
        ["not_on_network"] = ("La red todavía no tiene este mensaje: no se le puede poner nada.", "Esperá a que se haya enviado."),
        ["not_on_this_channel"] = ("Esta red no puede enviar eso.", "Decilo con palabras. Lo que puede cada canal está en GET /admin/channel-accounts/schema."),
        ["idempotency_key_reused"] = ("Esta Idempotency-Key ya se usó para otro pedido.", "Usá una clave nueva para cada mensaje."),
        ["identity_wrong"] = ("La firma no prueba este id.", "En tu servidor, hacé el HMAC-SHA256 hexadecimal del id con el secreto de identidad del widget."),
        ["internal_error"] = ("Algo falló de nuestro lado; quedó registrado.", "Reintentá; si sigue, avisale a quien administra el servidor."),
        ["invalid_request"] = ($"El pedido no se puede aceptar así: {Said}", "Corregilo y envialo otra vez."),
        ["last_owner"] = ("Es el último dueño del negocio.", "Primero hacé dueña a otra persona."),
        ["link_expired"] = ("Esta dirección del archivo venció.", "Leé el mensaje otra vez: trae una dirección nueva."),
        ["method_not_allowed"] = ("Esta dirección no acepta ese método.", "Mirá la referencia de la API en /reference."),
        ["name_taken"] = ("Ya hay una frase guardada con ese nombre.", "Elegí otro nombre, o cambiá la que existe."),
        ["not_failed"] = ("Solo se reintenta un mensaje que falló.", "Esperá su resultado."),
        ["not_found"] = ("No hay nada en esta dirección.", "Revisá el id; puede haberse borrado."),
        ["not_requested"] = ("Nadie pidió esta conversación.", "Devolvésela al agente, o seguí con ella."),
        ["not_held"] = ("Nadie tiene esta conversación.", "Tomala."),
        ["not_testable"] = ("Este canal no se puede probar.", "Enviá un mensaje para ver si funciona."),
        ["opted_out"] = (
            "Esta persona detuvo los mensajes de esta categoría.",
            "Enviá otro tipo de plantilla, o respondé cuando escriba. Si los pidió de nuevo, anotalo en el panel del contacto."),
        ["origin_not_allowed"] = ("Esta página no puede mostrar el widget.", "Agregá el sitio a los permitidos del widget, en Canales."),
        ["rate_limited"] = ("Fue demasiado de una vez.", "Esperá unos segundos y seguí."),
        ["refused"] = ("El pedido fue rechazado.", "Mirá la referencia de la API en /reference."),
        ["request_timeout"] = ("El pedido no llegó a tiempo.", "Envialo otra vez."),
        ["sign_in_failed"] = ("El correo o la contraseña no son correctos.", "Revisá los dos, o pedile a un dueño una contraseña nueva."),
        ["template_not_approved"] = (
            "La red no envía esta plantilla: no está aprobada.", "Elegí una aprobada, o sincronizá si se aprobó recién."),
        ["template_not_sendable"] = (
            "La plantilla tiene partes que acá no se pueden completar.", "Elegí otra, o enviala con las herramientas de la red."),
        ["template_of_other_account"] = ("Esta plantilla no es de la cuenta de este chat.", "Elegí una de las plantillas de esta cuenta."),
        ["too_large"] = ("El pedido es más grande de lo permitido.", "Enviá menos de una vez."),
        ["too_many"] = ("No caben más.", "Borrá lo que ya no haga falta, o juntá algunos."),
        ["too_many_requests"] = ("Demasiados pedidos.", "Esperá un poco y reintentá."),
        ["too_many_sign_ins"] = ("Demasiados intentos de entrar.", "Esperá unos minutos y reintentá."),
        ["tool_exists"] = ("El agente ya tiene una herramienta con este nombre.", "Elegí otro nombre."),
        ["unauthorized"] = ("Para esto hay que entrar o usar un token.", "Entrá, o enviá el encabezado Authorization: Bearer <token>."),
        ["unavailable"] = ("El servidor no puede tomar esto en este momento.", "Reintentá en un momento."),
        ["unsupported_media_type"] = ("Esta dirección no acepta ese tipo de contenido.", "Enviá JSON con Content-Type: application/json; los archivos, como multipart/form-data."),
        ["visitor_unknown"] = ("El token del visitante falta, venció o es de otro widget.", "Abrí una sesión nueva."),
        ["window_expired"] = (
            "Terminó el tiempo en que se le puede escribir libremente a esta persona.",
            "Enviá una plantilla, o dejá el mensaje en espera: sale cuando la persona vuelva a escribir."),
    };

    /// <summary>Codes whose thrower speaks the caller's language itself.</summary>
    private static readonly HashSet<string> Spoken = ["template_parameter_invalid", "recipient_phone_required", "templates_unreadable"];

    /// <summary>Whether somebody who reads Spanish is told what this code means.</summary>
    public static bool Know(string code) => Spanish.ContainsKey(code) || Spoken.Contains(code);

    /// <summary>What happened and what to do, in one of our languages.</summary>
    public static (string Detail, string NextStep) Of(Problem problem, string language) =>
        language == "es" && Spanish.TryGetValue(problem.Code, out var words)
            ? (string.Format(CultureInfo.InvariantCulture, words.Detail, problem.Message), words.NextStep)
            : (problem.Message, problem.NextStep);
}
