using System.Buffers;
using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CalCities.Collab.Kernel;

/// <summary>
/// Events and commands as the log and the wire keep them: a stable kind name (the record's own [Alias]) and JSON.
/// Found by reflection over the closed families in this assembly; nothing is registered.
/// </summary>
public sealed class Kinds
{
    private readonly FrozenDictionary<string, Type> typeOf;
    private readonly FrozenDictionary<Type, string> nameOf;

    /// <summary>JSON as the log keeps it: ids as plain strings, enums by name, nothing unknown, nothing missing, nothing that a record works out from its parts.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        IgnoreReadOnlyProperties = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new IdJson(), new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <summary>The kinds of these assemblies' closed families (abstract records with nested sealed ones that carry an [Alias]).</summary>
    public Kinds(params IEnumerable<Assembly> assemblies)
    {
        var kinds = (from assembly in assemblies
                     from type in assembly.GetTypes()
                     where type is { IsSealed: true, IsNestedPublic: true, DeclaringType.IsAbstract: true } && type.BaseType == type.DeclaringType
                     let alias = type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
                     where alias is not null
                     select (alias, type)).ToArray();
        typeOf = kinds.ToFrozenDictionary(k => k.alias, k => k.type, StringComparer.Ordinal);
        nameOf = kinds.ToFrozenDictionary(k => k.type, k => k.alias);
    }

    /// <summary>The hub's own kinds.</summary>
    public static Kinds OfTheHub { get; } = new(typeof(Kinds).Assembly);

    public string NameOf(object item) => nameOf.TryGetValue(item.GetType(), out var name)
        ? name
        : throw new InvalidOperationException($"{item.GetType()} has no [Alias] of its own, so the log can't keep it.");

    /// <summary>The type of a kind, if it belongs to this family of events or commands.</summary>
    public Type? TypeOf<TFamily>(string kind) =>
        typeOf.TryGetValue(kind, out var type) && type.IsAssignableTo(typeof(TFamily)) ? type : null;

    public static string Write(object item) => JsonSerializer.Serialize(item, item.GetType(), Json);

    /// <summary>What tells one command from another: 32 bytes of SHA-256 over its kind and its JSON.</summary>
    public byte[] Fingerprint(object command)
    {
        var content = new ArrayBufferWriter<byte>(512);
        Encoding.UTF8.GetBytes(NameOf(command), content);
        content.Write("\n"u8);
        using (var json = new Utf8JsonWriter(content, new JsonWriterOptions { Encoder = Json.Encoder }))
            JsonSerializer.Serialize(json, command, command.GetType(), Json);
        return SHA256.HashData(content.WrittenSpan);
    }

    /// <summary>Reads one event or command of a family.</summary>
    /// <exception cref="JsonException">The kind is none of the family's, or the text isn't that kind's.</exception>
    public TFamily Read<TFamily>(string kind, string text) where TFamily : class =>
        TypeOf<TFamily>(kind) is { } type
            ? (TFamily?)JsonSerializer.Deserialize(text, type, Json) ?? throw new JsonException($"'{kind}' is null.")
            : throw new JsonException($"'{kind}' is no kind of {typeof(TFamily).Name}.");

    /// <summary>Writes any record struct with one string called Value (an id) as that string.</summary>
    private sealed class IdJson : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsValueType && typeToConvert.Assembly != typeof(int).Assembly
            && typeToConvert.GetConstructors() is [var only] && only.GetParameters() is [{ Name: "Value" } value] && value.ParameterType == typeof(string);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        private sealed class Of<TId> : JsonConverter<TId> where TId : struct
        {
            private static readonly PropertyInfo Value = typeof(TId).GetProperty("Value")!;

            public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.TokenType == JsonTokenType.String
                    ? (TId)Activator.CreateInstance(typeof(TId), reader.GetString())!
                    : throw new JsonException($"{typeof(TId).Name} is a string.");

            public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
                writer.WriteStringValue((string)Value.GetValue(value)!);
        }
    }
}
