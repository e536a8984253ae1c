package dev.cockpitcoder.agent;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes the secrets an agent was given out of what it writes. */
record Redaction(List<String> secrets) {
    private static final Pattern SECRET = Pattern.compile("(?i).*(KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH).*");
    private static final int SHORTEST = 6;
    private static final String INSTEAD = "[secret]";

    Redaction {
        secrets = secrets.stream()
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /**
     * Those values whose names say that they are secret, and more that are.
     *
     * @param environment names and values
     */
    static Redaction of(Map<String, String> environment, Collection<String> more) {
        return new Redaction(Stream.concat(
                        environment.entrySet().stream()
                                .filter(variable -> isSecret(variable.getKey()))
                                .map(Map.Entry::getValue),
                        more.stream())
                .filter(value -> value.length() >= SHORTEST)
                .toList());
    }

    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /** Of a text that is whole. */
    String apply(String text) {
        Flow flow = flow();
        return flow.add(text) + flow.end();
    }

    Flow flow() {
        return new Flow();
    }

    /** A text that comes in pieces: the beginning of what may be a secret is held back until more of it comes. For one thread at a time. */
    final class Flow {
        private String held = "";

        private Flow() {}

        String add(String piece) {
            return secrets.isEmpty() ? piece : take(held + piece, false);
        }

        /** What is held back; nothing more of the text comes. */
        String end() {
            return take(held, true);
        }

        private String take(String text, boolean last) {
            StringBuilder plain = new StringBuilder(text.length());
            int at = 0;
            while (at < text.length()) {
                if (!last && mayBegin(text, at)) {
                    break;
                }
                int length = secretAt(text, at);
                plain.append(length > 0 ? INSTEAD : text.substring(at, at + 1));
                at += Math.max(1, length);
            }
            held = text.substring(at);
            return plain.toString();
        }

        /** Whether the rest of the text is the beginning of a secret, and not all of it. */
        private boolean mayBegin(String text, int at) {
            int rest = text.length() - at;
            return secrets.stream().anyMatch(secret -> rest < secret.length() && secret.startsWith(text.substring(at)));
        }

        /** How long the longest secret here is; 0 when there is none. */
        private int secretAt(String text, int at) {
            return secrets.stream()
                    .filter(secret -> text.startsWith(secret, at))
                    .mapToInt(String::length)
                    .findFirst()
                    .orElse(0);
        }
    }
}
