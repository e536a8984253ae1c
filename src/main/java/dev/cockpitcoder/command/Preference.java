package dev.cockpitcoder.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code Prefer} says (RFC 7240); what is not understood there is ignored, as the RFC wants it.
 *
 * @param async {@code respond-async}: answer 202 when it takes longer than {@code patience}
 * @param patience {@code wait=N} seconds; without it none for {@code respond-async}
 */
record Preference(boolean async, Duration patience) {
    private static final Pattern ASYNC = Pattern.compile("(^|[,;])\\s*respond-async\\s*($|[,;=])");
    private static final Pattern WAIT = Pattern.compile("(^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,4})\"?\\s*($|[,;])");

    /** @param values of all {@code Prefer} headers; null when there is none */
    static Preference of(List<String> values) {
        String all = values == null ? "" : String.join(",", values).toLowerCase(Locale.ROOT);
        Matcher wait = WAIT.matcher(all);
        return new Preference(
                ASYNC.matcher(all).find(), Duration.ofSeconds(wait.find() ? Integer.parseInt(wait.group(2)) : 0));
    }
}
