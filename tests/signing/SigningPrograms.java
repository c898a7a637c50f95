import com.itextpdf.text.Image;
import com.itextpdf.text.Rectangle;
import com.itextpdf.text.pdf.PdfReader;
import com.itextpdf.text.pdf.PdfSignatureAppearance;
import com.itextpdf.text.pdf.PdfSignatureAppearance.RenderingMode;
import com.itextpdf.text.pdf.PdfStamper;
import com.itextpdf.text.pdf.security.BouncyCastleDigest;
import com.itextpdf.text.pdf.security.MakeSignature;
import com.itextpdf.text.pdf.security.PrivateKeySignature;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.visible.PDVisibleSigProperties;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.visible.PDVisibleSignDesigner;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Other people's programs at their signing, as offices run them: iText 5 and Apache PDFBox.
 * SigningPrograms KEY.p12 PASSWORD COMMANDS, a file with one command a line:
 *   itext LOOK CERTIFY IN OUT     LOOK: none, text, seal, both; CERTIFY: 0 to 3 (DocMDP)
 *   pdfbox LOOK CERTIFY IN OUT    LOOK: none, seal
 *   check IN                      prints "IN: N of M intact", timestamps aside
 * Looks lie over the text of the page, each in a row of its own.
 */
public class SigningPrograms {
  static PrivateKey key;
  static Certificate[] chain;
  static byte[] seal;

  public static void main(String[] a) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(a[0])) { store.load(in, a[1].toCharArray()); }
    String alias = store.aliases().nextElement();
    key = (PrivateKey) store.getKey(alias, a[1].toCharArray());
    chain = store.getCertificateChain(alias);
    seal = drawSeal();
    for (String line : Files.readAllLines(Path.of(a[2]))) {
      String[] c = line.split(" ");
      if (c[0].equals("check")) check(c[1]);
      else if (c[0].equals("itext")) itext(c[1], Integer.parseInt(c[2]), c[3], c[4]);
      else pdfbox(c[1], Integer.parseInt(c[2]), c[3], c[4]);
    }
  }

  /** A red seal with a star on nothing, as offices scan and cut them out. */
  static byte[] drawSeal() throws Exception {
    BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(214, 32, 40, 220));
    g.setStroke(new BasicStroke(8));
    g.draw(new Ellipse2D.Double(6, 6, 288, 288));
    g.setStroke(new BasicStroke(3));
    g.draw(new Ellipse2D.Double(60, 60, 180, 180));
    java.awt.geom.Path2D star = new java.awt.geom.Path2D.Double();
    for (int i = 0; i < 10; ++i) {
      double r = i % 2 == 0 ? 40 : 16, t = Math.PI * i / 5 - Math.PI / 2;
      double x = 150 + r * Math.cos(t), y = 150 + r * Math.sin(t);
      if (i == 0) star.moveTo(x, y); else star.lineTo(x, y);
    }
    star.closePath();
    g.fill(star);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** One of 3 columns of the row that belongs to how many signatures there are. */
  static int placeOf(String out, int there) {
    return 3 * (there % 4) + Math.abs(new File(out).getName().hashCode()) % 3;
  }

  static void itext(String look, int certify, String in, String out) throws Exception {
    PdfReader reader = new PdfReader(in);
    try (FileOutputStream to = new FileOutputStream(out)) {
      PdfStamper stamper = PdfStamper.createSignature(reader, to, '\0', null, true);
      PdfSignatureAppearance s = stamper.getSignatureAppearance();
      s.setReason("Ky so");
      s.setLocation("VN");
      s.setCertificationLevel(certify);
      s.setCertificate(chain[0]);
      String name = "I" + System.nanoTime();
      int place = placeOf(out, reader.getAcroFields().getSignatureNames().size());
      float x = 60 + (place % 3) * 160, y = 60 + (place / 3) * 190;
      if (!look.equals("none")) {
        s.setVisibleSignature(new Rectangle(x, y, x + 120, y + 90), 1, name);
        if (look.equals("seal")) {
          s.setSignatureGraphic(Image.getInstance(seal));
          s.setRenderingMode(RenderingMode.GRAPHIC);
        } else if (look.equals("both")) {
          s.setSignatureGraphic(Image.getInstance(seal));
          s.setRenderingMode(RenderingMode.GRAPHIC_AND_DESCRIPTION);
        } else {
          s.setLayer2Text("Ky boi: So Tai nguyen va Moi truong\nNgay ky: 01/12/2026");
        }
        s.setAcro6Layers(place % 2 == 0);
      } else {
        s.setVisibleSignature(new Rectangle(0, 0, 0, 0), 1, name);
      }
      MakeSignature.signDetached(s, new BouncyCastleDigest(),
          new PrivateKeySignature(key, "SHA-256", "BC"), chain, null, null, null, 0,
          place % 4 == 0 ? MakeSignature.CryptoStandard.CMS : MakeSignature.CryptoStandard.CADES);
    }
    reader.close();
  }

  static void pdfbox(String look, int certify, String in, String out) throws Exception {
    try (PDDocument document = PDDocument.load(new File(in));
        FileOutputStream to = new FileOutputStream(out)) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
      signature.setName("PDFBox");
      signature.setSignDate(Calendar.getInstance());
      if (certify > 0) setPermission(document, signature, certify);
      SignatureOptions options = new SignatureOptions();
      options.setPreferredSignatureSize(20000);
      if (look.equals("seal")) {
        int place = placeOf(out, document.getSignatureDictionaries().size());
        PDVisibleSignDesigner designer =
            new PDVisibleSignDesigner(in, new ByteArrayInputStream(seal), 1);
        designer.xAxis(60 + (place % 3) * 160).yAxis(60 + (place / 3) * 170).width(90).height(90);
        PDVisibleSigProperties properties = new PDVisibleSigProperties();
        properties.signerName("So").signerLocation("VN").signatureReason("Ky so").preferredSize(0)
            .page(1).visualSignEnabled(true).setPdVisibleSignature(designer);
        properties.buildSignature();
        options.setVisualSignature(properties.getVisibleSignature());
        options.setPage(0);
      }
      document.addSignature(signature, content -> {
        try {
          CMSSignedDataGenerator made = new CMSSignedDataGenerator();
          made.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
              new JcaDigestCalculatorProviderBuilder().build())
              .build(new JcaContentSignerBuilder("SHA256WithRSA").build(key),
                  (X509Certificate) chain[0]));
          made.addCertificates(new JcaCertStore(Arrays.asList(chain)));
          return made.generate(new CMSProcessableByteArray(content.readAllBytes()), false)
              .getEncoded();
        } catch (Exception e) {
          throw new java.io.IOException(e);
        }
      }, options);
      document.saveIncremental(to);
    }
  }

  /** As PDFBox's own examples set it. */
  static void setPermission(PDDocument document, PDSignature signature, int permission) {
    COSDictionary transform = new COSDictionary();
    transform.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
    transform.setInt(COSName.P, permission);
    transform.setName(COSName.V, "1.2");
    transform.setNeedToBeUpdated(true);
    COSDictionary reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
    reference.setItem(COSName.getPDFName("TransformMethod"), COSName.getPDFName("DocMDP"));
    reference.setItem(COSName.getPDFName("DigestMethod"), COSName.getPDFName("SHA1"));
    reference.setItem(COSName.getPDFName("TransformParams"), transform);
    reference.setNeedToBeUpdated(true);
    COSArray references = new COSArray();
    references.add(reference);
    references.setNeedToBeUpdated(true);
    signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
    COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
    COSDictionary permissions = new COSDictionary();
    catalog.setItem(COSName.PERMS, permissions);
    permissions.setItem(COSName.DOCMDP, signature);
    catalog.setNeedToBeUpdated(true);
    permissions.setNeedToBeUpdated(true);
  }

  /** Digest and value of each signature, by PDFBox and Bouncy Castle. */
  static void check(String in) throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(in));
    int intact = 0, all = 0;
    try (PDDocument document = PDDocument.load(bytes)) {
      for (PDSignature signature : document.getSignatureDictionaries()) {
        if ("ETSI.RFC3161".equals(signature.getSubFilter())) continue;  // a timestamp
        ++all;
        CMSSignedData cms = new CMSSignedData(
            new CMSProcessableByteArray(signature.getSignedContent(bytes)),
            signature.getContents(bytes));
        SignerInformation signer = cms.getSignerInfos().getSigners().iterator().next();
        X509CertificateHolder holder =
            (X509CertificateHolder) cms.getCertificates().getMatches(signer.getSID()).iterator().next();
        try {
          if (signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(
              new JcaX509CertificateConverter().getCertificate(holder)))) ++intact;
        } catch (org.bouncycastle.cms.CMSException e) {
          System.out.println(in + ": " + e.getMessage());
        }
      }
    }
    System.out.println(in + ": " + intact + " of " + all + " intact");
  }
}
