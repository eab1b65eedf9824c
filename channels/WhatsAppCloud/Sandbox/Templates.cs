using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>The templates of every WhatsApp Business Account. A new account starts with a few to try things with.</summary>
internal sealed class Templates
{
    private readonly ConcurrentDictionary<string, TemplateSet> _byWaba = new();
    private long _lastId = 590_000_000_000_000;

    public TemplateSet Of(WhatsAppAccount account) => OfWaba(account.Settings.WabaId);

    public TemplateSet OfWaba(string wabaId) => _byWaba.GetOrAdd(wabaId, _ => SampleTemplates.Add(new TemplateSet(NextId)));

    /// <summary>Finds a template of any account by its id.</summary>
    public (string WabaId, Template Template)? Find(string id) =>
        _byWaba.SelectMany(set => set.Value.All.Select(template => (set.Key, template)))
            .Where(one => one.template.Id == id).Cast<(string, Template)?>().FirstOrDefault();

    public void Clear() => _byWaba.Clear();

    private string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
}

/// <summary>The templates of one WhatsApp Business Account.</summary>
internal sealed class TemplateSet(Func<string> nextId)
{
    private readonly Lock _gate = new();
    private readonly List<Template> _all = [];

    public Template[] All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    /// <summary>Exact name and exact language: <c>es</c> is not <c>es_AR</c>.</summary>
    public Template? Find(string? name, string? language) =>
        All.FirstOrDefault(template => template.Name == name && template.Language == language);

    public Template Add(string name, string language, string category, bool named, JsonElement components, string status)
    {
        var template = new Template
        {
            Id = nextId(),
            Name = name,
            Language = language,
            Category = category,
            Named = named,
            Components = components,
            Status = status,
        };
        lock (_gate) _all.Add(template);
        return template;
    }

    public int Remove(Predicate<Template> which)
    {
        lock (_gate) return _all.RemoveAll(which);
    }
}

/// <summary>One of each kind that behaves differently when it is sent.</summary>
internal static class SampleTemplates
{
    public static TemplateSet Add(TemplateSet set)
    {
        Add(set, "hello_world", "en_US", "UTILITY", Text("HEADER", "Hello World"), Body("Welcome and congratulations! This message demonstrates "
            + "your ability to send a template message."), Text("FOOTER", "Sandbox sample"));
        Add(set, "order_ready", "es_AR", "UTILITY", Body("Hola {{1}}, tu pedido {{2}} está listo.", "Ana", "42"), Text("FOOTER", "Tienda"),
            Buttons(Quick("Confirmar"), Quick("Cancelar"), Link("Ver pedido", "https://shop.example/{{1}}")));
        Add(set, "order_ready", "en", "UTILITY", Body("Hello {{1}}, your order {{2}} is ready.", "Ana", "42"),
            Buttons(Quick("Confirm"), Quick("Cancel")));
        Add(set, "spring_sale", "en", "MARKETING", new JsonObject { ["type"] = "HEADER", ["format"] = "IMAGE" },
            Body("Everything {{1}} % cheaper this week.", "20"), Buttons(Link("Shop now", "https://shop.example/sale")));
        set.Add("appointment", "en", "UTILITY", named: true, Element(new JsonArray(new JsonObject
        {
            ["type"] = "BODY",
            ["text"] = "Hi {{customer}}, we expect you on {{day}}.",
            ["example"] = new JsonObject
            {
                ["body_text_named_params"] = new JsonArray(
                    new JsonObject { ["param_name"] = "customer", ["example"] = "Ana" },
                    new JsonObject { ["param_name"] = "day", ["example"] = "Friday" }),
            },
        })), "APPROVED");
        Add(set, "login_code", "en", "AUTHENTICATION", Body("{{1}} is your code.", "123456"), Buttons(Link("Copy code", "https://www.whatsapp.com/otp/{{1}}")));
        Add(set, "welcome_coupon", "es", "MARKETING",
            new JsonObject
            {
                ["type"] = "HEADER", ["format"] = "TEXT", ["text"] = "¡Hola, {{1}}!", ["example"] = new JsonObject { ["header_text"] = new JsonArray("Ana") },
            },
            Body("Tenés {{1}} de descuento en tu próxima compra, hasta el {{2}}.", "20 %", "domingo"), Text("FOOTER", "Respondé BAJA para no recibir promociones"),
            Buttons(new JsonObject { ["type"] = "COPY_CODE", ["text"] = "Copiar código", ["example"] = "HOLA20" }, Link("Ver la tienda", "https://shop.example/")));
        Add(set, "store_visit", "es", "UTILITY", new JsonObject { ["type"] = "HEADER", ["format"] = "LOCATION" },
            Body("{{1}}, te esperamos el {{2}}.", "Ana", "martes a las 10"),
            Buttons(Quick("Voy"), new JsonObject { ["type"] = "PHONE_NUMBER", ["text"] = "Llamar", ["phone_number"] = "+541155550000" }));
        set.Add("winter_sale", "es", "MARKETING", named: false, Element(new JsonArray(Body("Todo a mitad de precio, {{1}}.", "Ana"))), "REJECTED")
            .RejectedReason = "TAG_CONTENT_MISMATCH";
        return set;
    }

    private static void Add(TemplateSet set, string name, string language, string category, params JsonNode[] components) =>
        set.Add(name, language, category, named: false, Element(new JsonArray(components)), "APPROVED");

    private static JsonObject Text(string type, string text) =>
        type == "HEADER" ? new() { ["type"] = type, ["format"] = "TEXT", ["text"] = text } : new() { ["type"] = type, ["text"] = text };

    private static JsonObject Body(string text, params string[] examples)
    {
        var body = new JsonObject { ["type"] = "BODY", ["text"] = text };
        if (examples.Length > 0)
            body["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray([.. examples.Select(one => JsonValue.Create(one))])) };
        return body;
    }

    private static JsonObject Buttons(params JsonNode[] buttons) => new() { ["type"] = "BUTTONS", ["buttons"] = new JsonArray(buttons) };

    private static JsonObject Quick(string text) => new() { ["type"] = "QUICK_REPLY", ["text"] = text };

    private static JsonObject Link(string text, string url) => new() { ["type"] = "URL", ["text"] = text, ["url"] = url };

    private static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);
}
