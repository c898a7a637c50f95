import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;

/**
 * Another program that signs and fills PDFs, by Apache PDFBox and OpenSSL, as incremental updates:
 * PdfBoxSigner (sign KEY.pem CERTIFICATE.pem CHAIN.pem | fill FIELD VALUE) IN OUT
 */
public class PdfBoxSigner {
  public static void main(String[] a) throws Exception {
    String in = a[a.length - 2], out = a[a.length - 1];
    try (PDDocument document = PDDocument.load(new File(in));
        FileOutputStream to = new FileOutputStream(out)) {
      if (a[0].equals("fill")) {
        PDField field = document.getDocumentCatalog().getAcroForm(null).getField(a[1]);
        field.setValue(a[2]);
        field.getCOSObject().setNeedToBeUpdated(true);
        for (PDAnnotationWidget widget : field.getWidgets()) {
          widget.getCOSObject().setNeedToBeUpdated(true);
          if (widget.getAppearance() != null) {
            widget.getAppearance().getCOSObject().setNeedToBeUpdated(true);
            if (widget.getAppearance().getNormalAppearance().isStream()) {
              widget.getAppearance().getNormalAppearance().getAppearanceStream().getCOSObject()
                  .setNeedToBeUpdated(true);
            }
          }
        }
      } else {
        PDSignature signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
        signature.setName("PDFBox");
        signature.setSignDate(Calendar.getInstance());
        document.addSignature(signature, content -> {
          try {
            Path text = Files.createTempFile("signed", ".bin"), cms = Files.createTempFile("s", ".p7");
            Files.copy(content, text, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Process openssl = new ProcessBuilder("openssl", "cms", "-sign", "-binary", "-cades",
                "-md", "sha256", "-outform", "DER", "-nosmimecap", "-in", text.toString(),
                "-inkey", a[1], "-signer", a[2], "-certfile", a[3], "-out", cms.toString())
                .inheritIO().start();
            if (openssl.waitFor() != 0) throw new java.io.IOException("openssl");
            byte[] made = Files.readAllBytes(cms);
            Files.delete(text);
            Files.delete(cms);
            return made;
          } catch (InterruptedException e) {
            throw new java.io.IOException(e);
          }
        });
      }
      document.saveIncremental(to);
    }
  }
}
