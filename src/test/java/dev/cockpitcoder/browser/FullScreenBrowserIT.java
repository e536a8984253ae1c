package dev.cockpitcoder.browser;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A second screen that opens a shell in which a full-screen program has been running for long. */
class FullScreenBrowserIT {
    private static final String NO_BROWSER = "SKIPPED: there is no Chromium on the PATH";
    private static final String ASK = """
            stty raw -echo min 0 time 20
            printf '\\033[c\\033[>c\\033[5n\\033[?2004$p\\033]11;?\\007\\033[6n'
            cat > answers
            stty sane
            """;

    @TempDir
    Path directory;

    private RunningServer server;
    private Chromium chromium;

    @BeforeEach
    void serveAndOpenABrowser() {
        Optional<Path> executable = Chromium.installed();
        assumeTrue(executable.isPresent(), NO_BROWSER);
        String book = IntStream.rangeClosed(1, 3000)
                .mapToObj(i -> "line " + i + " " + "#".repeat(i % 60))
                .collect(Collectors.joining("\n"));
        Repo repo = Repo.create(directory.resolve("repos/orchard"))
                .with("book", book)
                .with("ask", ASK)
                .commit("Plant the first tree");
        server = new RunScript(directory).with("REPO_ALLOWLIST", repo.path()).serve();
        chromium = new Chromium(executable.get());
    }

    @AfterEach
    void endThem() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void itShowsTheSame() {
        Console desk = chromium.desk().open(server.pairingLink());
        String code = desk.newPairingCode();
        desk.startSession();
        desk.type("seq 100000; less book");
        desk.awaitText("line 20 ");
        desk.type("/line 1234");
        desk.awaitText("line 1240 ");

        Console other = chromium.desk().open("http://127.0.0.1:" + server.port() + "/#pair=" + code);
        other.part("open-session").click();
        other.awaitState("connected");
        same(desk, other);

        // and both go on from there
        desk.page().keyboard().press("f");
        desk.awaitText("line 1290 ");
        same(desk, other);
        desk.page().keyboard().press("q");
        desk.awaitText("100000");
        same(desk, other);
        other.awaitText("99000");
        desk.expectNoComplaints();
        other.expectNoComplaints();
        server.terminate();
    }

    @Test
    void whatAProgramAsksIsAnsweredOnceAndNotAgainAfterAReload() {
        Console desk = chromium.desk().open(server.pairingLink());
        String code = desk.newPairingCode();
        desk.startSession();
        Console other = chromium.desk().open("http://127.0.0.1:" + server.port() + "/#pair=" + code);
        other.part("open-session").click();
        other.awaitState("connected");

        desk.type(". ./ask; cat -v answers; echo; echo the-$((1+1))nd");
        desk.awaitText("the-2nd");
        assertThat(desk.text().replace("\n", ""))
                .containsPattern("\\^\\[\\[\\?1;2c\\^\\[\\[>0;276;0c\\^\\[\\[0n\\^\\[\\[\\?2004;\\d\\$y"
                        + "\\^\\[]11;rgb:[0-9a-f/]{14}\\^\\[\\\\\\^\\[\\[\\d+;\\d+Rthe-2nd");

        desk.page().reload();
        desk.awaitState("connected");
        desk.awaitText("the-2nd");
        desk.part("terminal").click();
        desk.type("echo clean-$((2+2))");
        desk.awaitText("clean-4");
        assertThat(desk.text()).containsPattern("[$#] echo clean-\\$\\(\\(2\\+2\\)\\)\nclean-4");
        desk.expectNoComplaints();
        server.terminate();
    }

    private static void same(Console desk, Console other) {
        Eventually.holds(() -> desk.cells() + "\n" + other.cells(), Console.PATIENCE, () -> desk.cells()
                .equals(other.cells()));
    }
}
