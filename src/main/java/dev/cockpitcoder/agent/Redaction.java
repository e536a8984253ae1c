package dev.cockpitcoder.agent;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes the secrets an agent was given out of what it writes, as long as it writes them whole. */
record Redaction(List<String> secrets) {
    private static final Pattern SECRET = Pattern.compile("(?i).*(KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH).*");
    private static final int SHORTEST = 6;

    Redaction {
        secrets = List.copyOf(secrets);
    }

    /** Those values whose names say that they are secret. */
    static Redaction of(Map<String, String> environment) {
        return new Redaction(environment.entrySet().stream()
                .filter(variable -> SECRET.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList());
    }

    String apply(String text) {
        String plain = text;
        for (String secret : secrets) {
            plain = plain.replace(secret, "[secret]");
        }
        return plain;
    }
}
