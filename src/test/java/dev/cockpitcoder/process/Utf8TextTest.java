package dev.cockpitcoder.process;

import java.nio.charset.StandardCharsets;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8TextTest {
    private final Utf8Text text = new Utf8Text();

    @Property
    void whereTheBytesAreCutMakesNoDifference(
            @ForAll byte[] bytes, @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 5) Integer> cuts) {
        assertThat(decode(bytes, cuts)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void textSurvives(
            @ForAll String original, @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 5) Integer> cuts) {
        byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
        assertThat(decode(bytes, cuts)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String decode(byte[] bytes, List<Integer> cuts) {
        Utf8Text text = new Utf8Text();
        StringBuilder all = new StringBuilder();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int length = Math.min(cuts.get(i % cuts.size()), bytes.length - at);
            String piece = text.decode(bytes, at, length);
            assertThat(piece.isEmpty() || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                    .isTrue();
            all.append(piece);
            at += length;
        }
        return all.append(text.end()).toString();
    }

    @Test
    void keepsAnUnfinishedCharacter() {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);

        assertThat(text.decode(euro, 0, 2)).isEmpty();
        assertThat(text.decode(euro, 2, 1)).isEqualTo("€");
    }

    @Test
    void whatIsNoUtf8IsShownAsReplacement() {
        assertThat(text.decode(new byte[] {'a', (byte) 0xFF, 'b'}, 0, 3)).isEqualTo("a\uFFFDb");
    }

    @Test
    void anEndInsideACharacterIsShownAsReplacement() {
        assertThat(text.decode(new byte[] {'a', (byte) 0xE2, (byte) 0x82}, 0, 3))
                .isEqualTo("a");
        assertThat(text.end()).isEqualTo("\uFFFD");
    }

    @Test
    void aStartInsideACharacterLeavesItOut() {
        byte[] bytes = "€uro".getBytes(StandardCharsets.UTF_8);
        text.startMidStream();

        assertThat(text.decode(bytes, 1, 1)).isEmpty();
        assertThat(text.decode(bytes, 2, bytes.length - 2)).isEqualTo("uro");
    }
}
