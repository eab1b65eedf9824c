namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>Words that say little about what somebody wants to know.</summary>
internal static class StopWords
{
    /// <summary>Count for nothing.</summary>
    private static readonly Dictionary<string, HashSet<string>> Empty = new()
    {
        [Tongue.Spanish] = Words("""
            a al algo algun alguna algunas alguno algunos ahi alla aqui asi aun aunque aca ay bien buen buena buenas bueno buenos cada che como con
            consulta consultar consultarte contra cosa cual cuales cualquier cuyo da dale dame dan de decime decir decirme deja del desde dime dia
            dias disculpa disculpe doy e el ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta estaba estaban estado
            estamos estan estar estara este esto estos estoy estuvo explicame favor fue fuera fueron gracias ha haber habia habra hacia han hasta hay
            haya he hola holi hoy info informacion ir iria jaja k la las le les lo los luego mas me mediante mi mia mio mis mismo molesto mucha
            mucho muchos muy nada necesitaba necesitamos necesitaria necesito ni ningun ninguna no nos nosotros nuestra nuestro o ok okey os otra
            otras otro otros para pero perdon persona podes podemos poder podria podrian podrias por porfa porfi porque posible pregunta preguntar
            preguntarte pues pueda puedan puede pueden puedes puedo q que queria querria querian queremos querer quien quienes quiera quiere quieren
            quiero quisiera quisieramos saber sabes sabe se sea sean segun ser seria si sido siempre sin sino so sobre sois solamente solo somos son soy su
            sus suya tal tambien tampoco tan tanto tardes te tenemos tener tendra tendran tendria tendrian tenes tenga tengo tenia tiene tienen tienes
            toda todas todavia todo todos tu tus tuya tuyo un una unas uno unos usted ustedes va vais vamos van vaya ve veo ver vez voy vos x xfa xq y ya yo
            pasas pasame pasan pasar pasarme paso pasan contame cuentame mama papa hijo hija hijos hermana hermano marido esposa abuela suegra amiga amigo soy somos noches existe existen hice hizo alguien cuando serian estas cierto misma mismas
            """),
        [Tongue.English] = Words("""
            a about actually again all also am an and another any anybody anyone anything are as at be because been before being but by can cannot cant
            could couldnt did didnt do does doesnt doing done dont each either else even ever every everything excuse find for from get gets getting
            give go goes going good gonna got had hadnt has hasnt have havent having he hello help her here hers hey hi him his how i id if ill im in
            info information into is isnt it its ive just kind kindly know let lets like likes liked ll look looking lot may maybe me might mine more most
            much must my myself need needs no nor not now of off ok okay on one ones only or other our ours out over own please pls possible question re
            really regarding right same say see shall she should since so some somebody someone something soon still such sure tell than thank thanks
            that thats the their them then there theres these they thing things this those though through thx to too u up upon us ve very wanna want
            wanted wants was wasnt way we well were what whatever whats when which while who whos whose why will wish with within wondering would
            wouldnt yeah yes yet you your youre yours r s t d m
            """),
    };

    /// <summary>Say something, but every other question has them.</summary>
    private static readonly Dictionary<string, HashSet<string>> Weak = new()
    {
        [Tongue.Spanish] = Words("""
            hace hacen haces hacer hago hacemos venden vende vender vendes venta ofrecen ofrece manejan manejas trabajan trabajas dan usan tipo tipos clase
            clases cuanto cuanta cuantos cuantas comprar compro cosas cosa donde nuevo nueva ahora hoy mañana manana local negocio tienda gente personas
            dejar dejo dejan deja llegar llego llega llegan aceptan acepta aceptas entrar entra ir venir vengo puesto poner pongo sirve sirven anda andan toman toma tomas tomamos rato momento semana pasado tarde temprano dieron dio conseguir consigo disponible disponibles servicio servicios producto productos opcion opciones ofreces funciona funcionan grande chico lleva llevan llevo poner traer trae
            """),
        [Tongue.English] = Words("""
            make makes making made sell sells selling offer offers provide provides work works working use type types sort sorts many today tomorrow
            where shop store place business people available new buy take takes big small long come bring out stuff tonight early late week moment minute available service services product products option options item items gave meeting guys accept accepts run runs allowed teach mom dad son daughter wife husband folks kind persons
            """),
    };

    public static bool IsEmpty(string word, string tongue) => Empty[tongue].Contains(word);

    public static bool IsWeak(string word, string tongue) => Weak[tongue].Contains(word);

    private static HashSet<string> Words(string list) =>
        [.. Letters.Words(list)];
}
