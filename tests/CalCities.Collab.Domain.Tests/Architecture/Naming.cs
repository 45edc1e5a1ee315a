using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace CalCities.Collab.Architecture;

/// <summary>What the code of a type names: in its declaration, its members, and (read from the compiled methods) its statements.</summary>
internal static class Naming
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<short, OpCode> OpCodeOf =
        (from field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
         let code = (OpCode)field.GetValue(null)!
         select code).ToFrozenDictionary(code => code.Value);

    /// <summary>The hand-written types of an assembly that no other type holds; what serializers generate is left out.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !type.IsNested && type.Namespace is { } space && space.StartsWith("CalCities.Collab", StringComparison.Ordinal)
        select type;

    /// <summary>All hub types that a type and those nested in it name, without itself.</summary>
    public static IReadOnlySet<Type> NamedBy(Type type)
    {
        var named = new HashSet<Type>();
        Collect(type, named);
        named.RemoveWhere(other => Outermost(other) == type);
        return named;
    }

    public static Type Outermost(Type type) => type.DeclaringType is { } holder ? Outermost(holder) : type;

    private static void Collect(Type type, HashSet<Type> named)
    {
        Add(type.BaseType, named);
        AddAll(type.GetInterfaces(), named);
        AddAll(type.GetGenericArguments().SelectMany(argument => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : []), named);
        AddAll(type.GetFields(All).Select(field => field.FieldType), named);
        AddAll(type.GetProperties(All).Select(property => property.PropertyType), named);
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            AddAll(method.GetParameters().Select(parameter => parameter.ParameterType), named);
            Add((method as MethodInfo)?.ReturnType, named);
            AddStatements(method, named);
        }

        foreach (var nested in type.GetNestedTypes(All))
        {
            Collect(nested, named);
        }
    }

    private static void AddStatements(MethodBase method, HashSet<Type> named)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(body.LocalVariables.Select(local => local.LocalType), named);
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        foreach (var token in Tokens(body.GetILAsByteArray()!))
        {
            switch (method.Module.ResolveMember(token, typeArguments, methodArguments))
            {
                case Type type:
                    Add(type, named);
                    break;
                case MethodBase called:
                    Add(called.DeclaringType, named);
                    AddAll(called.IsGenericMethod ? called.GetGenericArguments() : [], named);
                    break;
                case FieldInfo field:
                    Add(field.DeclaringType, named);
                    break;
            }
        }
    }

    /// <summary>The metadata tokens of types, methods and fields in the statements of one method.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? OpCodeOf[(short)(0xFE00 | il[at + 1])] : OpCodeOf[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(il, at);
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    private static void AddAll(IEnumerable<Type> types, HashSet<Type> named)
    {
        foreach (var type in types)
        {
            Add(type, named);
        }
    }

    private static void Add(Type? type, HashSet<Type> named)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(type.GetElementType(), named);
            return;
        }

        AddAll(type.GetGenericArguments(), named);
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition.Namespace?.StartsWith("CalCities.Collab", StringComparison.Ordinal) == true)
        {
            named.Add(definition);
        }
    }
}
