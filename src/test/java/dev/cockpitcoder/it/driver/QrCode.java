package dev.cockpitcoder.it.driver;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

import com.google.zxing.Binarizer;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;

/** Reads QR codes as a camera would: from what is to be seen. */
public final class QrCode {
    private static final int MODULE = 4;

    private QrCode() {}

    public static String inPng(byte[] png) {
        try {
            return in(ImageIO.read(new ByteArrayInputStream(png)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of half blocks, two modules a character, dark on light, between escape sequences. */
    public static String inTerminal(String printed) {
        List<String> rows = printed.lines()
                .filter(line -> line.contains("\u001b["))
                .map(line -> line.strip().replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
        int columns = rows.stream().mapToInt(String::length).max().orElse(1);
        BufferedImage image =
                new BufferedImage(columns * MODULE, 2 * rows.size() * MODULE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.BLACK);
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < rows.get(y).length(); x++) {
                char cell = rows.get(y).charAt(x);
                if (cell == '\u2580' || cell == '\u2588') {
                    pen.fillRect(x * MODULE, 2 * y * MODULE, MODULE, MODULE);
                }
                if (cell == '\u2584' || cell == '\u2588') {
                    pen.fillRect(x * MODULE, (2 * y + 1) * MODULE, MODULE, MODULE);
                }
            }
        }
        pen.dispose();
        return in(image);
    }

    /** As in a picture, else as nothing but a code: of these dense ones each way misses some. */
    private static String in(BufferedImage image) {
        var source = new BufferedImageLuminanceSource(image);
        try {
            return decode(new HybridBinarizer(source), DecodeHintType.TRY_HARDER);
        } catch (ReaderException dense) {
            try {
                return decode(new GlobalHistogramBinarizer(source), DecodeHintType.PURE_BARCODE);
            } catch (ReaderException e) {
                throw new AssertionError("no QR code can be read", e);
            }
        }
    }

    private static String decode(Binarizer binarizer, DecodeHintType hint) throws ReaderException {
        return new QRCodeReader()
                .decode(new BinaryBitmap(binarizer), Map.of(hint, true))
                .getText();
    }
}
