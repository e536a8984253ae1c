package dev.cockpitcoder.screen;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a program writes. */
class ScreenPropertyTest {
    private static final int LARGEST_SNAPSHOT = 400_000;

    @Property
    void anyBytesAreTaken(@ForAll @Size(max = 2000) byte[] output, @ForAll @IntRange(min = 1, max = 50) int cols) {
        Screen screen = new Screen(cols, 10);
        screen.write(output, 0, output.length);
        screen.resize(Math.max(1, 60 - cols), 3);
        screen.write(output, 0, output.length);

        assertThat(screen.written()).isEqualTo(2L * output.length);
        assertThat(screen.snapshot()).hasSizeLessThan(LARGEST_SNAPSHOT);
    }

    /** Bytes that mean something, torn and mixed. */
    @Property(tries = 300)
    void brokenSequencesAreTaken(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] output = new RandomOutput(seed).bytes(200);
        for (int i = 0; i < output.length / 20; i++) {
            output[random.nextInt(output.length)] = (byte) random.nextInt();
        }
        Screen screen = new Screen(1 + random.nextInt(100), 1 + random.nextInt(30));
        for (int at = 0; at < output.length; ) {
            int length = Math.min(output.length - at, 1 + random.nextInt(40));
            screen.write(output, at, length);
            screen.resize(1 + random.nextInt(100), 1 + random.nextInt(30));
            at += length;
        }

        assertThat(screen.snapshot()).startsWith("\u001bc").hasSizeLessThan(LARGEST_SNAPSHOT);
    }

    @Property(tries = 300)
    void itMakesNoDifferenceHowOutputIsSplit(@ForAll long seed) {
        byte[] output = new RandomOutput(seed).bytes(60);
        Screen whole = new Screen(24, 8);
        whole.write(output, 0, output.length);
        Random random = new Random(seed);
        Screen split = new Screen(24, 8);
        for (int at = 0; at < output.length; ) {
            int length = Math.min(output.length - at, 1 + random.nextInt(3));
            split.write(output, at, length);
            at += length;
        }

        assertThat(split.snapshot()).isEqualTo(whole.snapshot());
        assertThat(split.settled()).isEqualTo(whole.settled());
    }

    @Property(tries = 200)
    void hugeParametersEndSoon(
            @ForAll @IntRange(min = '@', max = '~') int last, @ForAll @IntRange(max = 3) int before) {
        String intermediates = new String[] {"", " ", "'", "?"}[before];
        String output = "wide 你 text\u001b["
                + (intermediates.equals("?") ? "?" : "")
                + "2147483647;99999999999999999999:4:4:4:4:4:4:4:4:4:4;" + "1;".repeat(100)
                + (intermediates.equals("?") ? "" : intermediates)
                + (char) last + "more";
        Screen screen = new Screen(1000, 1000);
        byte[] bytes = output.repeat(3).getBytes(StandardCharsets.UTF_8);
        long begin = System.nanoTime();
        screen.write(bytes, 0, bytes.length);

        assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(5000);
    }

    @Property(tries = 5)
    void memoryDoesNotGrowWithTheOutput(@ForAll long seed) {
        Screen screen = new Screen(80, 24);
        String endless = "\u001b]2;" + "t".repeat(100_000) + "\u001bP" + "d".repeat(100_000) + "\u001b\\" + "\u001b["
                + "1;".repeat(10_000) + "m" + " !".repeat(1000) + "e" + "\u0301".repeat(10_000);
        byte[] bytes = endless.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            byte[] more = new RandomOutput(seed + i).bytes(2000);
            screen.write(bytes, 0, bytes.length);
            screen.write(more, 0, more.length);
        }

        assertThat(screen.snapshot()).hasSizeLessThan(LARGEST_SNAPSHOT);
    }
}
