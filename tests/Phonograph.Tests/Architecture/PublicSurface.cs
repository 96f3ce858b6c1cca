using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Phonograph.Tests.Architecture;

/// <summary>Writes what an assembly shows to others: types and members, one line each, sorted; members that the compiler makes for records are left out.</summary>
internal static class PublicSurface
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    internal static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        IEnumerable<Type> bases = type.GetInterfaces().Where(contract => contract.Assembly == type.Assembly);
        if (type.BaseType is { } parent && parent.Assembly == type.Assembly)
        {
            bases = bases.Prepend(parent);
        }

        string inherits = string.Join(", ", bases.Select(Name).Order(StringComparer.Ordinal));
        return $"{kind} {type.Namespace}.{Name(type)}{(inherits.Length > 0 ? $" : {inherits}" : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), System.Globalization.CultureInfo.InvariantCulture)}");
        }

        return Fields(type).Concat(Constructors(type)).Concat(Properties(type)).Concat(Methods(type))
            .Concat(type.GetEvents(Declared).Select(one => $"event {Name(one.EventHandlerType!)} {one.Name}"));
    }

    private static IEnumerable<string> Fields(Type type) => type.GetFields(Declared).Select(field =>
        $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)}{Mark(Nullability.Create(field))} {field.Name}{(field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "")}");

    private static IEnumerable<string> Constructors(Type type) => type.GetConstructors(Declared)
        .Where(constructor => !IsMade(constructor))
        .Select(constructor => $"{type.Name.Split('`')[0]}({Parameters(constructor)})");

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(Declared).Where(property => property.Name != "EqualityContract").Select(property =>
    {
        bool isStatic = (property.GetMethod ?? property.SetMethod)!.IsStatic;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string accessors = (property.GetMethod?.IsPublic == true ? "get; " : "")
            + (property.SetMethod?.IsPublic == true ? isInit ? "init; " : "set; " : "");
        ParameterInfo[] indices = property.GetIndexParameters();
        string name = indices.Length > 0 ? $"this[{string.Join(", ", indices.Select(Parameter))}]" : property.Name;
        return $"{(isStatic ? "static " : "")}{Name(property.PropertyType)}{Mark(Nullability.Create(property))} {name} {{ {accessors}}}";
    });

    private static IEnumerable<string> Methods(Type type) => type.GetMethods(Declared)
        .Where(method => !IsMade(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && method.Name != "<Clone>$")
        .Select(method =>
        {
            string generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            return $"{(method.IsStatic ? "static " : method.IsAbstract ? "abstract " : "")}{Name(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method)})";
        });

    /// <summary>A question mark behind a reference that may be null; a value type says so in its name.</summary>
    private static string Mark(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";

    private static bool IsMade(MethodBase method) => method.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string direction = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? parameter.IsIn ? "in " : "ref " : "";
        string standard = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{direction}{Name(parameter.ParameterType)}{Mark(Nullability.Create(parameter))} {parameter.Name}{standard}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Name(value)}?";
        }

        string own = type.Name.Split('`')[0];
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{own}" : own;
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
