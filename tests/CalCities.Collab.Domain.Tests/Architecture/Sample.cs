using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CalCities.Collab.Kernel;

namespace CalCities.Collab.Architecture;

/// <summary>A value of any type that events are made of, with every part filled and no two parts the same, for a new golden file.</summary>
internal static class Sample
{
    public static object Of(Type type)
    {
        var made = 0;
        return Make(type, "event", ref made);
    }

    private static object Make(Type type, string name, ref int made)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        made++;
        if (type == typeof(string))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{name} {made}: “ñ” <b>&amp;</b>");
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal))
        {
            return Convert.ChangeType(made, type, CultureInfo.InvariantCulture);
        }

        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2025, 3, 11, 17, 0, made % 60, TimeSpan.Zero);
        }

        if (type == typeof(DateTime))
        {
            return new DateTime(2025, 3, 11, 10, 0, made % 60, DateTimeKind.Unspecified);
        }

        if (type == typeof(DateOnly))
        {
            return new DateOnly(2025, 3, 1).AddDays(made);
        }

        if (type.IsEnum)
        {
            return type.GetEnumValues().Cast<object>().Last();
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var of = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(of, 2);
            items.SetValue(Make(of, name, ref made), 0);
            items.SetValue(Make(of, name, ref made), 1);
            return JsonSerializer.Deserialize(JsonSerializer.Serialize(items, Kinds.Json), type, Kinds.Json)!;
        }

        if (type.IsAbstract)
        {
            return Make(type.GetNestedTypes().First(nested => nested.BaseType == type), name, ref made);
        }

        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(candidate => candidate.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} can't be made up: write its golden file by hand.");
        var arguments = new List<object>();
        foreach (var parameter in constructor.GetParameters())
        {
            var isId = type.IsValueType && parameter.ParameterType == typeof(string);
            arguments.Add(isId
                ? string.Create(CultureInfo.InvariantCulture, $"{type.Name.ToLowerInvariant()}-{++made}")
                : Make(parameter.ParameterType, parameter.Name!, ref made));
        }

        return constructor.Invoke([.. arguments]);
    }
}
