package dev.cockpitcoder.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.CuttableProxy;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.workspace.Repo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** One shell on two screens, of which one is slow. */
class SharedShellBrowserIT {
    private static final String NO_BROWSER = "SKIPPED: there is no Chromium on the PATH";
    private static final long SLOW_BYTES_PER_SECOND = 400_000;
    private static final int SLOW_CPU = 4;
    /** More than the server keeps. */
    private static final String FLOOD = "seq 2700000";

    private static final String SCREEN =
            "clear; printf '\\033[3J\\033[2J\\033[3;5Hhello\\033[7mthere\\033[m\\033[9;20Hw\\303\\266rld \\360\\237\\230\\200\\033[6;11H';"
                    + " read -r";

    @TempDir
    Path directory;

    private RunningServer server;
    private CuttableProxy slow;
    private Chromium chromium;

    @BeforeEach
    void serveAndOpenABrowser() {
        Optional<Path> executable = Chromium.installed();
        assumeTrue(executable.isPresent(), NO_BROWSER);
        Repo repo = Repo.create(directory.resolve("repos/orchard"))
                .with("README.md", "# Orchard\n")
                .commit("Plant the first tree");
        server = new RunScript(directory).with("REPO_ALLOWLIST", repo.path()).serve();
        slow = new CuttableProxy(server.port());
        chromium = new Chromium(executable.get());
    }

    @AfterEach
    void endThem() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (slow != null) {
            slow.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void bothScreensKnowWhoTypesAndShowTheSameAfterAFlood() {
        Console desk = chromium.desk().open(server.pairingLink());
        String code = desk.newPairingCode();
        desk.startSession();
        assertThat(desk.part("presence")).isHidden();
        Console phone = chromium.phone().open(slow.base() + "/#pair=" + code);
        phone.part("open-session").click();
        phone.awaitState("connected");

        bothKnowWhoTypes(desk, phone);
        whoLooksOnTypesNothing(desk, phone);
        programsCopyAndNeverRead(desk);
        aReturnIsNoticedAtOnce(phone);
        bothShowTheSameAfterAFlood(desk, phone);

        desk.expectNoComplaints();
        phone.expectNoComplaints();
        server.terminate();
    }

    private static void bothKnowWhoTypes(Console desk, Console phone) {
        desk.type("echo desk-$((1+1))");
        phone.awaitText("desk-2");
        assertThat(phone.part("presence")).hasAttribute("data-control", "other");
        assertThat(desk.part("presence")).hasAttribute("data-control", "you");
        assertThat(phone.part("banner")).containsText("is in control.");
        phone.screenshot("shared");
        desk.screenshot("shared");

        phone.part("take-over").click();
        assertThat(desk.part("presence")).hasAttribute("data-control", "other");
        assertThat(desk.part("banner")).containsText("is in control. Sized for a screen of");
        assertThat(phone.part("banner")).isEmpty();
        phone.screenshot("in-control");
        desk.screenshot("not-in-control");

        phone.part("presence").click();
        assertThat(phone.part("viewers").locator("li")).hasCount(2);
        assertThat(phone.part("viewers")).containsText("in control");
        phone.screenshot("who-is-here");
    }

    private static void whoLooksOnTypesNothing(Console desk, Console phone) {
        phone.part("look-on").click();
        phone.page().keyboard().press("Escape");
        phone.awaitState("connected");
        assertThat(phone.part("banner")).containsText("You look on");
        phone.part("terminal").click();
        phone.type("echo phone-$((1+1))");
        desk.part("terminal").click();
        desk.type("echo again-$((1+1))");
        phone.awaitText("again-2");
        assertThat(phone.text()).doesNotContain("phone-");
        phone.screenshot("looks-on");
        desk.part("presence").click();
        assertThat(desk.part("viewers")).containsText("looks on");
        desk.screenshot("who-is-here");
        desk.page().keyboard().press("Escape");
        phone.part("type-here").click();
        assertThat(phone.part("banner")).containsText("is in control.");
    }

    private static void programsCopyAndNeverRead(Console desk) {
        desk.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        desk.part("terminal").click();
        desk.type("printf '\\033]52;c;%s\\007' $(printf from-a-program | base64)");
        assertThat(desk.part("toast").last()).hasText("Copied.");
        assertThat(desk.page().evaluate("navigator.clipboard.readText()")).isEqualTo("from-a-program");
        desk.type("printf '\\033]52;c;?\\007'; read -rs -N1 -t1 x; echo \"answer<$x>\"");
        desk.awaitText("answer<>");
    }

    /** By itself it would try again only after its countdown. */
    private void aReturnIsNoticedAtOnce(Console phone) {
        phone.page().evaluate("window.samePage = true");
        for (String event : List.of(
                "window.dispatchEvent(new Event('online'))",
                "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
                "document.dispatchEvent(new Event('visibilitychange'))")) {
            slow.cut();
            phone.page().waitForFunction("""
                    () => Number(/in (\\d+) s/.exec(document.querySelector('[data-testid=connection-state]').textContent)?.[1]) >= 5""");
            slow.mend();
            phone.page().evaluate(event);
            assertThat(phone.part("connection-state"))
                    .hasAttribute(
                            "data-state", "connected", new LocatorAssertions.HasAttributeOptions().setTimeout(4000));
        }
        assertThat(phone.page().evaluate("window.samePage")).isEqualTo(true);
        phone.awaitText("answer<>");
    }

    private void bothShowTheSameAfterAFlood(Console desk, Console phone) {
        CDPSession devtools = phone.page().context().newCDPSession(phone.page());
        JsonObject rate = new JsonObject();
        rate.addProperty("rate", SLOW_CPU);
        devtools.send("Emulation.setCPUThrottlingRate", rate);
        slow.slowDown(SLOW_BYTES_PER_SECOND);
        long gaps = gaps();
        desk.part("terminal").click();
        desk.type(FLOOD + "; " + SCREEN);

        desk.awaitText("hellothere");
        phone.awaitText("hellothere");
        Eventually.holds(() -> desk.cells() + " is " + phone.cells(), Console.PATIENCE, () -> desk.cells()
                .equals(phone.cells()));
        assertThat(desk.cells()).containsEntry("cursor", List.of(10, 5));
        assertThat(desk.cells().get("lines").toString()).contains("wörld 😀").doesNotContain("2700000");
        assertThat(gaps()).as("gaps").isGreaterThan(gaps);
        phone.screenshot("after-a-flood");
    }

    private long gaps() {
        return server.cockpit()
                .get(null, "/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith("cockpit_terminal_gaps"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))
                        .longValue())
                .findFirst()
                .orElseThrow();
    }
}
