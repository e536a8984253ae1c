package dev.cockpitcoder.browser;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.CuttableProxy;
import dev.cockpitcoder.it.driver.QrCode;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The way of a developer through the console, in a real browser and over a network that breaks. */
class ConsoleBrowserIT {
    private static final String NO_BROWSER =
            "SKIPPED: the console is not tested in a browser, because there is no Chromium on the PATH";
    private static final int LINES = 300;
    private static final int SCANNABLE_CSS_PX = 320;

    @TempDir
    Path directory;

    private RunningServer server;
    private CuttableProxy network;
    private Chromium chromium;

    @BeforeEach
    void serveAndOpenABrowser() {
        Optional<Path> executable = Chromium.installed();
        if (executable.isEmpty()) {
            System.out.println(NO_BROWSER);
        }
        assumeTrue(executable.isPresent(), NO_BROWSER);
        Repo repo = Repo.create(directory.resolve("repos/orchard"))
                .with("README.md", "# Orchard\n")
                .commit("Plant the first tree");
        server = new RunScript(directory).with("REPO_ALLOWLIST", repo.path()).serve();
        network = new CuttableProxy(server.port());
        chromium = new Chromium(executable.get());
    }

    @AfterEach
    void endThem() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
        if (network != null) {
            network.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aDeveloperWorksAcrossACutAReloadAndTwoScreens() {
        Console desk = chromium.desk().open(network.base() + "/#pair=" + server.pairingCode());
        desk.screenshot("repositories");
        desk.startSession();
        desk.type("git log --oneline");
        desk.awaitText("Plant the first tree");

        aCutLosesAndRepeatsNothing(desk);
        aReloadShowsTheSameTerminal(desk);
        desk.screenshot("session");
        theQrCodeIsTheConnection(desk);
        aPhoneJoins(desk);

        desk.part("end-session").click();
        desk.part("confirm").click();
        desk.part("repo-card").waitFor();
        assertThat(desk.part("session-row").count()).isZero();
        desk.expectNoComplaints();
        server.terminate();
    }

    private void aCutLosesAndRepeatsNothing(Console desk) {
        desk.type("for i in $(seq " + LINES + "); do echo line-$i.; sleep 0.02; done");
        desk.awaitText("line-20.");
        network.cut();
        desk.awaitState("reconnecting");
        desk.screenshot("reconnecting");
        desk.type("echo typed-$((40+2))");
        network.mend();
        desk.awaitState("connected");
        desk.awaitText("line-" + LINES + ".");
        desk.awaitText("typed-42");

        assertThat(counted(desk.text()))
                .isEqualTo(IntStream.rangeClosed(1, LINES).boxed().toList());
        assertThat(desk.text()).containsOnlyOnce("typed-42");
    }

    private static void aReloadShowsTheSameTerminal(Console desk) {
        String before = desk.page().url();
        desk.page().reload();
        desk.awaitState("connected");
        desk.awaitText("typed-42");

        assertThat(desk.page().url()).isEqualTo(before);
        assertThat(counted(desk.text()))
                .isEqualTo(IntStream.rangeClosed(1, LINES).boxed().toList());
        desk.part("terminal").click();
        desk.type("echo still-$((1+1))");
        desk.awaitText("still-2");
    }

    /** The image at its own size: on the screen its modules are fractions of pixels, which a camera sees better than a decoder. */
    private static byte[] pixels(Locator image) {
        String url = (String) image.evaluate("""
                image => {
                  const canvas = document.createElement('canvas');
                  canvas.width = canvas.height = Math.max(image.naturalWidth, 1600);
                  const pen = canvas.getContext('2d');
                  pen.imageSmoothingEnabled = false;
                  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
                  return canvas.toDataURL('image/png');
                }""");
        return Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    }

    private void theQrCodeIsTheConnection(Console console) {
        console.part("qr-button").click();
        Locator image = console.part("qr-image");
        image.waitFor();
        console.page().waitForFunction("document.querySelector('[data-testid=qr-image]').naturalWidth > 0");
        console.screenshot("qr");

        assertThat(image.boundingBox().width).isGreaterThanOrEqualTo(SCANNABLE_CSS_PX);
        JsonObject connection;
        try (var reader = Json.createReader(new StringReader(QrCode.inPng(pixels(image))))) {
            connection = reader.readObject();
        }
        assertThat(connection.getString("apiBase")).isEqualTo(network.base());
        new CodingSession(server.cockpit(), connection).openEvents("").close();
        console.page().keyboard().press("Escape");
        image.waitFor(gone());
    }

    /** The desk keeps looking: the terminal has its size until somebody types on the phone. */
    private void aPhoneJoins(Console desk) {
        desk.part("back").click();
        String code = desk.newPairingCode();
        desk.part("open-session").click();
        desk.awaitState("connected");
        desk.awaitText("still-2");

        Console phone = chromium.phone().open(network.base() + "/#pair=" + code);
        phone.screenshot("repositories");
        phone.part("open-session").click();
        phone.awaitState("connected");
        phone.awaitText("still-2");
        phone.awaitPromptInSight();
        phone.screenshot("session");
        theQrCodeIsTheConnection(phone);
        phone.part("fit-here").click();
        phone.part("fit-here").waitFor(gone());
        phone.screenshot("session-fitted");
        phone.expectNoComplaints();
    }

    private static Locator.WaitForOptions gone() {
        return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
    }

    private static List<Integer> counted(String text) {
        return Pattern.compile("line-(\\d+)\\.")
                .matcher(text)
                .results()
                .map((MatchResult line) -> Integer.valueOf(line.group(1)))
                .toList();
    }
}
