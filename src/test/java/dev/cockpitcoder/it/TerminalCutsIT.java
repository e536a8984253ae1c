package dev.cockpitcoder.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

import jakarta.json.JsonValue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.CuttableProxy;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.RoamingClient;
import dev.cockpitcoder.it.driver.V1Client;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections that break at any byte: in the handshake, between frames and inside of them. {@code -Dcuts=n} says how often. */
@Timeout(240)
class TerminalCutsIT extends Deployed {
    private static final int CUTS = Integer.getInteger("cuts", 200);
    private static final int SHORTEST = 64;
    private static final int LONGEST = 256 * 1024;
    /** For keys: a frame of them has some hundred bytes. */
    private static final int SHORT = 4096;

    private static final int WINDOW = 256 * 1024;
    private static final int PASTE_BYTES = 1 << 20;
    /** What the program repeats; a jump by a whole number of it is no jump a faulty cursor makes. */
    private static final int PERIOD = 100_003;

    @TempDir
    Path temp;

    private final Random random = new Random(20);
    private volatile int longest = LONGEST;
    private CuttableProxy network;
    private CodingSession session;

    @BeforeEach
    void connect() {
        session = cockpit.session(REPO.path());
        network = new CuttableProxy(URI.create(cockpit.base()).getPort());
    }

    @AfterEach
    void disconnect() throws IOException {
        network.close();
        session.end().expect(200);
    }

    @Test
    void whatAViewerAssemblesIsWhatTheProgramWrote() throws IOException {
        Repeated oracle = new Repeated();
        writeUntilAKey(oracle.period, "sleep 0.1", oracle);

        assertThat(oracle.gaps).isZero();
        assertThat(oracle.received).isEqualTo(oracle.written()).isGreaterThan(CUTS * 1000L);
    }

    @Test
    void whatIsNoLongerKeptIsAGapAndTheRestIsWhatTheProgramWrote() throws IOException {
        Repeated oracle = new Repeated();
        writeUntilAKey(oracle.period, "", oracle);

        assertThat(oracle.gaps).isPositive();
        assertThat(oracle.received + oracle.missed).isEqualTo(oracle.written());
    }

    /** @param pause what the program does before each repetition */
    private void writeUntilAKey(byte[] period, String pause, Repeated oracle) throws IOException {
        Path file = Files.write(temp.resolve("period"), period);
        try (V1Client starter = new V1Client(session)) {
            String terminal = starter.attach().getString("terminal");
            starter.type(("stty raw -echo; printf RE''ADY; n=0; until read -rsN1 -t0; do %s cat '%s'; n=$((n+1)); done;"
                            + " printf 'wrote=%%s.' $n; exec sleep 1000\r")
                    .formatted(pause.isEmpty() ? "" : pause + ';', file));
            long start = starter.until("READY").indexOf("READY") + "READY".length();
            network.breakAfter(this::lifetime);
            try (RoamingClient viewer = new RoamingClient(session, network.base(), terminal, start, oracle)) {
                while (viewer.cuts() < CUTS / 2) {
                    viewer.step();
                }
                if (pause.isEmpty()) {
                    stayAway(terminal);
                }
                while (viewer.cuts() < CUTS) {
                    viewer.step();
                }
                network.breakAfter(() -> Long.MAX_VALUE);
                viewer.type(new byte[] {'q'});
                while (oracle.times == null) {
                    viewer.step();
                }
            }
        }
    }

    /** Until nothing is kept of what could have been sent meanwhile. */
    private void stayAway(String terminal) {
        long sent = offset(terminal, "head") + WINDOW;
        Eventually.holds(
                () -> "the log still has offset " + sent,
                Duration.ofSeconds(60),
                () -> offset(terminal, "oldest") > sent);
    }

    private long offset(String terminal, String which) {
        return cockpit.get(session.token(), "/api/terminals").json().getJsonArray("terminals").stream()
                .map(JsonValue::asJsonObject)
                .filter(each -> each.getString("id").equals(terminal))
                .mapToLong(each -> each.getJsonNumber(which).longValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noKeyIsLostOrTypedTwiceAndAPasteArrivesIntact() throws IOException {
        Path typed = temp.resolve("typed");
        try (V1Client starter = new V1Client(session)) {
            String terminal = starter.attach().getString("terminal");
            starter.type("stty raw -echo; printf RE''ADY; sed -u '/^THE-END$/q' > '" + typed
                    + "'; printf DO''NE; exec sleep 1000\r");
            long start = starter.until("READY").indexOf("READY") + "READY".length();
            network.breakAfter(this::lifetime);
            Shown shown = new Shown();
            ByteArrayOutputStream meant = new ByteArrayOutputStream();
            try (RoamingClient viewer = new RoamingClient(session, network.base(), terminal, start, shown)) {
                longest = SHORT;
                while (viewer.cuts() < CUTS) {
                    if (viewer.unacknowledged() < 4096) {
                        type(keys(1 + random.nextInt(300)), viewer, meant);
                    }
                    viewer.step();
                }
                longest = LONGEST;
                type("\u001b[200~".getBytes(StandardCharsets.US_ASCII), viewer, meant);
                type(keys(PASTE_BYTES), viewer, meant);
                type("\u001b[201~\nTHE-END\n".getBytes(StandardCharsets.US_ASCII), viewer, meant);
                int before = viewer.cuts();
                while (!shown.text.toString().contains("DONE")) {
                    viewer.step();
                }
                assertThat(viewer.cuts()).as("cuts while it is pasted").isGreaterThan(before + 2);
            }
            assertThat(Files.readAllBytes(typed)).isEqualTo(meant.toByteArray());
        }
    }

    private static void type(byte[] bytes, RoamingClient viewer, ByteArrayOutputStream meant) {
        meant.writeBytes(bytes);
        viewer.type(bytes);
    }

    private byte[] keys(int count) {
        byte[] keys = new byte[count];
        for (int i = 0; i < count; i++) {
            keys[i] = random.nextInt(64) == 0 ? (byte) '\n' : (byte) (' ' + random.nextInt(95));
        }
        return keys;
    }

    /** As often between one and two KiB as between one and two hundred. */
    private synchronized long lifetime() {
        return (long) (SHORTEST * Math.pow((double) longest / SHORTEST, random.nextDouble()));
    }

    /** The same random bytes again and again, then how often that was. */
    private final class Repeated implements RoamingClient.Sink {
        final byte[] period = new byte[PERIOD];
        final StringBuilder afterwards = new StringBuilder();
        Long times;
        long received;
        long missed;
        int gaps;

        Repeated() {
            random.nextBytes(period);
        }

        long written() {
            return times * PERIOD;
        }

        @Override
        public void data(byte[] frame, int from, int length) {
            int at = from;
            while (at < from + length
                    && afterwards.isEmpty()
                    && frame[at] == period[(int) ((received + missed) % PERIOD)]) {
                at++;
                received++;
            }
            if (at < from + length) {
                assertThat((received + missed) % PERIOD)
                        .as("bytes that differ, %s after the start", received + missed)
                        .isZero();
                afterwards.append(new String(frame, at, from + length - at, StandardCharsets.ISO_8859_1));
                if (afterwards.toString().endsWith(".")) {
                    assertThat(afterwards.toString()).matches("wrote=\\d+\\.");
                    times = Long.valueOf(afterwards.substring("wrote=".length(), afterwards.length() - 1));
                }
            }
        }

        @Override
        public void gap(long from, long to) {
            assertThat(afterwards.toString()).isEmpty();
            gaps++;
            missed += to - from;
        }
    }

    private static final class Shown implements RoamingClient.Sink {
        final StringBuilder text = new StringBuilder();

        @Override
        public void data(byte[] frame, int from, int length) {
            text.append(new String(frame, from, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void gap(long from, long to) {
            throw new AssertionError("a gap");
        }
    }
}
