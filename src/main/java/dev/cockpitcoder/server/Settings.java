package dev.cockpitcoder.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.microprofile.config.Config;

/**
 * Reads configuration with checks whose messages name the property: what a room's config class is built from.
 *
 * @throws InvalidSetting from every reader, when a value is present but cannot be used
 */
public record Settings(Config config) {

    /** The value without surrounding white space; empty when unset or blank. */
    public Optional<String> text(String name) {
        return config.getOptionalValue(name, String.class).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Comma-separated values, each stripped; blank ones are dropped. */
    public List<String> list(String name) {
        return text(name).map(Settings::split).orElse(List.of());
    }

    public long number(String name, long fallback, long min, long max) {
        return text(name)
                .map(value -> {
                    long number = parse(name, value, Long::parseLong, "a whole number");
                    if (number < min || number > max) {
                        throw new InvalidSetting(name, "must be between " + min + " and " + max + ", but is " + number);
                    }
                    return number;
                })
                .orElse(fallback);
    }

    /** A whole number of seconds. */
    public Duration seconds(String name, Duration fallback, Duration min, Duration max) {
        return Duration.ofSeconds(number(name, fallback.toSeconds(), min.toSeconds(), max.toSeconds()));
    }

    public boolean flag(String name, boolean fallback) {
        return text(name)
                .map(value -> switch (value.toLowerCase(Locale.ROOT)) {
                    case "true", "1", "yes", "on" -> true;
                    case "false", "0", "no", "off" -> false;
                    default -> throw new InvalidSetting(name, "must be true or false, but is '" + value + "'");
                })
                .orElse(fallback);
    }

    /** A value turned into something else by {@code parser}, whose exception means that the value cannot be used. */
    public <T> Optional<T> parsed(String name, Function<String, T> parser, String expected) {
        return text(name).map(value -> parse(name, value, parser, expected));
    }

    private static <T> T parse(String name, String value, Function<String, T> parser, String expected) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            // without its cause: Weld throws an unchecked cause in place of what a producer threw
            throw new InvalidSetting(name, "must be " + expected + ", but is '" + value + "'");
        }
    }

    private static List<String> split(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
