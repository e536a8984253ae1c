package dev.cockpitcoder.screen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/** Where it finds a sequence or a bell does not depend on what stands around it. */
class SequenceScannerTest {
    private static final byte[] TITLE = "\033]2;t\007".getBytes(StandardCharsets.US_ASCII);
    private static final byte BELL = 7;

    private final List<String> found = new ArrayList<>();
    private final SequenceScanner scanner = new SequenceScanner(new SequenceHandler() {
        @Override
        public void execute(int control) {
            found.add("control " + control + " to " + scanner.scanned());
        }

        @Override
        public void osc(String text) {
            found.add(text + " to " + scanner.scanned());
        }
    });

    /** Text: every byte but the two that are of interest. */
    @Property(tries = 300)
    void eachIsFoundAtItsPlace(@ForAll @Size(max = 40) byte[] before, @ForAll @Size(max = 40) byte[] after) {
        found.clear();
        long begin = scanner.scanned();
        byte[] text = text(before);
        byte[] rest = text(after);
        byte[] all = concat(text, TITLE, rest, new byte[] {BELL});

        scanner.scan(all, all.length);

        assertThat(scanner.lastSequence()).isEqualTo(begin + text.length);
        assertThat(found)
                .containsExactly(
                        "2;t to " + (begin + text.length + TITLE.length), "control 7 to " + (begin + all.length));
    }

    @Property(tries = 300)
    void inPiecesToo(@ForAll @Size(max = 40) byte[] before, @ForAll @IntRange(min = 1, max = 12) int piece) {
        found.clear();
        long begin = scanner.scanned();
        byte[] all = concat(text(before), TITLE);

        for (int at = 0; at < all.length; at += piece) {
            byte[] next = Arrays.copyOfRange(all, at, Math.min(all.length, at + piece));
            scanner.scan(next, next.length);
        }

        assertThat(scanner.lastSequence()).isEqualTo(begin + before.length);
        assertThat(found).containsExactly("2;t to " + (begin + all.length));
    }

    /** What is beyond the length is an earlier read's. */
    @Property(tries = 100)
    void whatIsBeyondTheLengthIsNotLookedAt(@ForAll @IntRange(max = 40) int length) {
        found.clear();
        byte[] all = new byte[length + TITLE.length];
        Arrays.fill(all, 0, length, (byte) 'x');
        System.arraycopy(TITLE, 0, all, length, TITLE.length);

        scanner.scan(all, length);

        assertThat(found).isEmpty();
    }

    private static byte[] text(byte[] any) {
        byte[] text = any.clone();
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == BELL || text[i] == TITLE[0] ? (byte) (text[i] | 0x80) : text[i];
        }
        return text;
    }

    private static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
