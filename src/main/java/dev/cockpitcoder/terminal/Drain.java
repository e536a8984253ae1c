package dev.cockpitcoder.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens when a viewer is slower than a terminal's program. */
enum Drain {
    /** The program is never held up; the viewer skips output. */
    LATEST,
    /** The program waits for the viewer that is in control, or for all when none is. */
    LOSSLESS;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Drain> of(String text) {
        return Arrays.stream(values())
                .filter(drain -> drain.text().equals(text))
                .findFirst();
    }
}
