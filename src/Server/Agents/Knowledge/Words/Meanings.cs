using System.Collections.Frozen;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>
/// Words with which customers of any shop or office ask for the same thing, in both languages: "a qué hora abren" finds the opening hours
/// whatever they are called, and a question in English finds an answer that only exists in Spanish. What is special to one business does
/// not belong here: write it into an article.
/// </summary>
internal static class Meanings
{
    /// <summary>Meaning: words in Spanish | words in English.</summary>
    private const string Groups = """
        hours: horario hora horas abrir abren abierto abierta abrimos apertura cerrar cierran cierra cerrado cierre atienden atencion | hours hour open opens opening close closes closing closed whattime schedule
        weekend: sabado sabados domingo domingos finde findesemana | saturday saturdays sunday sundays weekend weekends
        holiday: feriado feriados festivo festivos navidad pascua | holiday holidays christmas easter
        place: donde direccion ubicacion ubicados ubicado ubicada queda quedan quedas encuentran mapa calle sucursal sucursales | where address located location map directions street branch branches based
        parking: estacionar estacionamiento estaciono cochera parking auto | parking park car garage
        delivery: envio envios enviar envian mandar mandan domicilio delivery reparto repartir repartidor reparten entregar entrega entregan alcanzar acercar acercan traen | delivery deliver delivers delivering ship shipping shipment send courier
        area: zona zonas barrio barrios cobertura radio | area areas neighbourhood neighborhood zone zones coverage radius range
        price: precio precios cuesta cuestan costo costos costar sale salen vale valen valor tarifa cobran cobra cuantocuesta cuantosale cuantovale | price prices priced cost costs howmuch charge charges fee fees rate rates
        pay: pagar pago pagos pagan abonar abono cobro cobrar mercadopago efectivo transferencia | pay payment payments paying paid cash transfer
        card: tarjeta tarjetas credito debito visa mastercard amex posnet | card cards credit debit visa mastercard amex contactless
        cash: efectivo billetes contado | cash
        transfer: transferencia transferir alias cbu cvu mercadopago deposito depositar | transfer wire mercadopago
        installments: cuota cuotas | installment installments instalment instalments
        deposit: sena senas | deposit deposits downpayment
        transport: subte metro estacion colectivo colectivos tren bus omnibus micro | subway metro underground station bus buses train
        discount: descuento descuentos promo promos promocion promociones oferta ofertas rebaja cupon cupones | discount discounts promo promos promotion promotions deal deals coupon sale
        loyalty: puntos club fidelidad socio beneficios | points loyalty club member rewards
        invoice: factura facturas facturar comprobante ticket recibo cuit iva | invoice invoices receipt bill vat tax
        order: pedido pedidos pedir encargar encargo encargos encargue ordenar orden reservar reserva reservo apartar | order orders ordering ordered preorder reserve reservation book booking
        change: cambiar cambio modificar modifico editar corregir | change changes modify edit amend alter
        cancel: cancelar cancelo cancelacion cancelaciones anular anulo suspender baja | cancel cancellation cancelling cancelled canceled
        refund: devolucion devoluciones devolver reembolso reembolsar reintegro devuelven | refund refunds return returns money-back reimbursement reimburse
        complaint: queja quejas reclamo reclamar reclamos problema malo mal roto rota | complaint complain problem wrong broken bad damaged
        notice: anticipacion antelacion anticipado anticipada aviso antes | advance ahead notice beforehand early
        duration: demora demoran demorar tarda tardan tardar tiempo cuantotiempo espera | howlong wait waiting duration
        today: hoy mismo | today same sameday
        gluten: gluten celiaco celiacos celiaca celiacas tacc sintacc | gluten coeliac celiac glutenfree
        vegan: vegano vegana veganos veganas vegetariano vegetariana vegetarianos plantbased | vegan vegans vegetarian vegetarians plantbased
        sugar: azucar diabetico diabetica diabeticos diabetes | sugar diabetic diabetics diabetes sugarfree
        dairy: lactosa leche lacteo lacteos intolerante | lactose milk dairy intolerant
        nuts: frutossecos nuez nueces mani almendra almendras avellana | nut nuts peanut peanuts almond almonds hazelnut
        allergy: alergia alergias alergico alergica alergeno alergenos | allergy allergies allergic allergen allergens
        birthday: cumpleanos cumple aniversario | birthday birthdays anniversary
        cake: torta tortas pastel pasteles bizcochuelo | cake cakes
        bread: pan panes | bread breads loaf loaves
        pickup: retirar retiro retiran recoger buscar buscarlo | pickup collect collection collecting
        wifi: wifi internet contrasena clave | wifi internet password
        pets: mascota mascotas perro perros perrito gato | pet pets dog dogs cat
        children: nino ninos nina ninas chicos nene nenes infantil bebe | child children kid kids baby
        table: mesa mesas sentarse comer | table tables sit seat seats seating dine
        outside: afuera terraza patio vereda | outside outdoors terrace patio outdoor
        access: silla ruedas rampa accesible accesibilidad movilidad | wheelchair ramp accessible accessibility disabled
        job: trabajo empleo cv curriculum vacante vacantes busqueda trabajar | job jobs vacancy vacancies hiring cv resume career careers employment
        course: curso cursos taller talleres clase clases aprender | course courses workshop workshops class classes lesson lessons learn
        event: evento eventos catering fiesta fiestas casamiento boda empresa empresas corporativo | event events catering party parties wedding company companies corporate
        wholesale: mayorista mayoristas mayor revender revendedor cafeterias restaurantes | wholesale reseller resell bulk cafes restaurants
        gift: regalo regalos regalar giftcard obsequio | gift gifts giftcard present presents voucher vouchers
        contact: telefono llamar llamo mail email correo numero contacto contactar whatsapp | phone call telephone email mail contact number
        keep: conservar conservo conservan guardar guardo dura duran congelar congelo freezer heladera congelado aguanta aguantan vence vencen vencimiento caduca | keep expire expires shelf keeps store storing freeze frozen freezer fridge last lasts refrigerate
        ingredient: ingrediente ingredientes contiene contienen harina manteca grasa | ingredient ingredients contain contains flour butter fat
        fresh: fresco fresca frescos calentito caliente horneado recien hornean | fresh freshly warm
        coffee: cafe cafes cafeteria espresso capuchino cortado | coffee coffees espresso cappuccino latte
        breakfast: desayuno desayunos merienda meriendas brunch | breakfast breakfasts brunch
        minimum: minimo minima | minimum
        custom: personalizado personalizada personalizar decorar decorada decoracion diseno foto mensaje | custom customised customized personalised personalized decorate decorated decoration design photo
        size: tamano tamanos porcion porciones kilo kilos rinde alcanza | size sizes portion portions serving servings serve serves kilo feed feeds
        privacy: datos privacidad personales | privacy data personal
        """;

    /// <summary>Several words that mean something together; the joined form stands in the groups.</summary>
    private static readonly (string[] Words, string Joined)[] Phrases =
    [
        (["how", "much"], "howmuch"), (["how", "long"], "howlong"), (["what", "time"], "whattime"), (["pick", "up"], "pickup"),
        (["gift", "card"], "giftcard"), (["same", "day"], "sameday"), (["wi", "fi"], "wifi"), (["mercado", "pago"], "mercadopago"),
        (["cuanto", "tiempo"], "cuantotiempo"), (["cuanto", "cuesta"], "cuantocuesta"), (["cuanto", "sale"], "cuantosale"), (["cuanto", "vale"], "cuantovale"),
        (["sin", "tacc"], "sintacc"), (["fin", "de", "semana"], "findesemana"), (["frutos", "secos"], "frutossecos"), (["plant", "based"], "plantbased"),
        (["gluten", "free"], "gluten"), (["sugar", "free"], "sugar"), (["take", "away"], "pickup"), (["para", "llevar"], "retirar"), (["ppl"], "people"), (["ur"], "your"),
    ];

    private static readonly FrozenDictionary<string, string[]> ByStem = Read();

    /// <summary>The meanings of a stem in a language, such as <c>#hours</c>.</summary>
    public static string[] Of(string stem, string tongue) => ByStem.GetValueOrDefault(Key(stem, tongue), []);

    /// <summary>The stems of a language that have a meaning, for correcting typing errors.</summary>
    public static IEnumerable<string> Stems(string tongue) =>
        ByStem.Keys.Where(k => k.StartsWith(tongue, StringComparison.Ordinal)).Select(k => k[(tongue.Length + 1)..]);

    /// <summary>Joins words that mean something together.</summary>
    public static List<string> Join(List<string> words)
    {
        var joined = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var phrase = Array.Find(Phrases, p => p.Words.Length <= words.Count - i && p.Words.Select((w, n) => words[i + n] == w).All(same => same));
            joined.Add(phrase.Joined ?? words[i]);
            if (phrase.Joined is not null) i += phrase.Words.Length - 1;
        }
        return joined;
    }

    private static string Key(string stem, string tongue) => $"{tongue}:{stem}";

    private static FrozenDictionary<string, string[]> Read()
    {
        var all = new Dictionary<string, HashSet<string>>();
        foreach (var line in Groups.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var halves = line[(colon + 1)..].Split('|');
            foreach (var word in Letters.Words(halves[0])) Add(Key(SpanishStem.Of(word), Tongue.Spanish), line[..colon]);
            foreach (var word in Letters.Words(halves[1])) Add(Key(EnglishStem.Of(word), Tongue.English), line[..colon]);
        }
        return all.ToFrozenDictionary(e => e.Key, e => e.Value.ToArray());

        void Add(string key, string meaning)
        {
            if (!all.TryGetValue(key, out var meanings)) all[key] = meanings = [];
            meanings.Add("#" + meaning);
        }
    }
}
