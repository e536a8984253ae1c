package dev.cockpitcoder.rest;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Makes a record of a JSON value. Components may be {@code String}, {@code Integer}, {@code Long}, {@code Boolean}, {@link JsonValue}, a
 * record, or a {@code List} of these; a missing member and {@code null} are null.
 */
final class RecordBinding {
    private RecordBinding() {}

    /** @throws ProblemException BAD_REQUEST naming the member that does not fit */
    static <T> T bind(Class<T> type, JsonValue value) {
        return bind(type, value, "The body");
    }

    private static <T> T bind(Class<T> type, JsonValue value, String where) {
        if (!(value instanceof JsonObject object)) {
            throw refusal(where + " must be a JSON object.");
        }
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        object.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refusal(where + " has a member that is not known here: '" + shortened(name) + "'. Known are "
                            + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
        Object[] arguments = Arrays.stream(components)
                .map(component ->
                        read(component.getGenericType(), object.get(component.getName()), component.getName()))
                .toArray();
        return instantiate(type, components, arguments);
    }

    private static Object read(Type type, JsonValue value, String name) {
        if (value == null || value == JsonValue.NULL) {
            return null;
        }
        if (type == String.class && value instanceof JsonString text) {
            return text.getString();
        }
        if (type == Boolean.class && (value == JsonValue.TRUE || value == JsonValue.FALSE)) {
            return value == JsonValue.TRUE;
        }
        if ((type == Integer.class || type == Long.class) && value instanceof JsonNumber number) {
            return wholeNumber(type, number, name);
        }
        if (type instanceof Class<?> json && JsonValue.class.isAssignableFrom(json) && json.isInstance(value)) {
            return value;
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return bind(record, value, "'" + name + "'");
        }
        if (type instanceof ParameterizedType list
                && list.getRawType() == List.class
                && value.getValueType() == JsonValue.ValueType.ARRAY) {
            Type item = list.getActualTypeArguments()[0];
            return value.asJsonArray().stream()
                    .map(element -> read(item, element, name))
                    .toList();
        }
        throw refusal("'" + name + "' must be " + expected(type) + ".");
    }

    private static Object wholeNumber(Type type, JsonNumber number, String name) {
        try {
            long value = number.longValueExact();
            return type == Integer.class ? (Object) Math.toIntExact(value) : (Object) value;
        } catch (ArithmeticException e) {
            throw refusal("'" + name + "' must be a whole number in range.");
        }
    }

    private static String expected(Type type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        return type instanceof ParameterizedType ? "an array" : "a JSON object";
    }

    private static <T> T instantiate(Class<T> type, RecordComponent[] components, Object[] arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : refusal("The body is not valid.");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(ProblemCode.BAD_REQUEST, detail);
    }
}
