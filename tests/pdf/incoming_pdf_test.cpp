#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tiffio.h>

#include "pdf/incoming/incoming.h"
#include "tests/pdf/page_images.h"
#include "tests/pdf/raw_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

using test::jpegDictionary;
using test::Picture;
using test::RawPdf;
using testing::HasSubstr;

constexpr double kWidth = 595.2, kHeight = 842.4;  // 620 x 877 pixels are 75 dpi

const Picture& colour() {
  static const Picture picture(Picture::Kind::colour, 620, 877);
  return picture;
}
const Picture& bilevel() {
  static const Picture picture(Picture::Kind::bilevel, 620, 877);
  return picture;
}
const std::string& jpeg() {
  static const std::string bytes = colour().jpeg(1);
  return bytes;
}

std::string scanned(const std::string& before = "", const std::string& after = "") {
  RawPdf pdf;
  pdf.addScan(jpegDictionary(620, 877, true), jpeg(), kWidth, kHeight, before, after);
  return pdf.bytes();
}

class IncomingPdf : public testing::Test {
 protected:
  Result<IncomingFile> inspect(const std::string& bytes) {
    test::spill(file_, bytes);
    return inspectIncoming(file_);
  }
  void expectCause(const std::string& bytes, Cause cause, const std::string& detail = "") {
    const auto file = inspect(bytes);
    ASSERT_FALSE(file) << detail;
    EXPECT_EQ(codeOf(file.error().cause), codeOf(cause)) << file.error().detail;
    EXPECT_THAT(file.error().detail, HasSubstr(detail));
    EXPECT_EQ(file.error().item, "a.pdf");
  }
  // One page whose image has that dictionary and data: what comes out of it.
  PageImage imageOf(const std::string& dictionary, const std::string& data) {
    RawPdf pdf;
    pdf.addScan(dictionary, data, kWidth, kHeight);
    const auto file = inspect(pdf.bytes());
    EXPECT_TRUE(file) << dictionary << ": " << file.error().detail;
    if (!file) return {};
    auto image = readIncomingPage(file_, 0);
    EXPECT_TRUE(image) << dictionary << ": " << image.error().detail;
    return image ? *image : PageImage{};
  }
  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "a.pdf";
};

// Samples as PDF wants them.
std::string samples(const Picture& picture) {
  const std::string tiff = picture.tiff(100, COMPRESSION_NONE);
  return tiff.substr(8);  // libtiff writes the strips from byte 8 on, in order
}

TEST_F(IncomingPdf, TakesTheJpegStreamByteForByte) {
  const auto file = inspect(scanned());
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->kind, FileKind::pdf);
  EXPECT_FALSE(file->alreadySigned);
  ASSERT_EQ(file->pages.size(), 1U);
  EXPECT_EQ(file->pages[0].width, 620);
  EXPECT_NEAR(file->pages[0].xDpi, 75, 0.01) << "from the size as drawn, not from the JPEG";
  const auto image = readIncomingPage(file_, 0);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->format, ImageFormat::jpeg);
  EXPECT_EQ(image->bytes, jpeg());
}

TEST_F(IncomingPdf, IgnoresTheScannersOwnTextLayer) {
  EXPECT_TRUE(inspect(scanned("", "BT 3 Tr /F1 12 Tf 50 700 Td (BO GIAO Dl)C) Tj ET")));
  EXPECT_TRUE(inspect(scanned("BT /F1 12 Tf 50 700 Td (under the image) Tj ET", "")));
  EXPECT_TRUE(inspect(scanned("1 g 0 0 600 850 re f", "")));
  EXPECT_TRUE(inspect(scanned("", "BT /F1 12 Tf 50 700 Td (  ) Tj ET")));
}

TEST_F(IncomingPdf, RefusesWhatShowsBesideTheImage) {
  expectCause(scanned("", "BT /F1 12 Tf 50 700 Td (approved) Tj ET"), Cause::pdfNotScanned,
              "page 1: text over the image");
  expectCause(scanned("", "q BT 3 Tr ET Q BT /F1 12 Tf [(a) 5 (b)] TJ ET"), Cause::pdfNotScanned,
              "text over the image");
  expectCause(scanned("", "0 0 100 100 re f"), Cause::pdfNotScanned, "a path over the image");
  expectCause(scanned("", "q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"),
              Cause::pdfNotScanned, "an inline image");
  expectCause(scanned("", "q 100 0 0 100 0 0 cm /Im0 Do Q"), Cause::pdfNotScanned, "2 images");
}

TEST_F(IncomingPdf, RefusesPagesThatAreNoScan) {
  RawPdf text;
  text.addScan(jpegDictionary(620, 877, true), jpeg(), kWidth, kHeight);
  text.addPage("", "BT /F1 12 Tf (hello) Tj ET", kWidth, kHeight);
  expectCause(text.bytes(), Cause::pdfNotScanned, "page 2: text without an image");
  RawPdf blank;
  blank.addPage("", "", kWidth, kHeight);
  expectCause(blank.bytes(), Cause::pdfNotScanned, "page 1: empty page");
  const auto drawn = [&](const std::string& content) {
    RawPdf pdf;
    const int image =
        pdf.addStream("/Type /XObject /Subtype /Image " + jpegDictionary(620, 877, true), jpeg());
    pdf.addPage(fmt::format("/XObject << /Im0 {} 0 R >>", image), content, kWidth, kHeight);
    return pdf.bytes();
  };
  expectCause(drawn("200 0 0 280 100 100 cm /Im0 Do"), Cause::pdfNotScanned, "a part of the page");
  expectCause(drawn("1190 0 0 1684 0 0 cm /Im0 Do"), Cause::pdfNotScanned, "cut away");
  expectCause(drawn("0 0 300 842 re W n 595 0 0 842 0 0 cm /Im0 Do"), Cause::pdfNotScanned,
              "cut away");
  expectCause(drawn("595 0 0 -842 0 842 cm /Im0 Do"), Cause::pdfNotScanned, "mirrored");
  EXPECT_TRUE(inspect(drawn("0 0 595 842 re W n q 595 0 0 842 0 0 cm /Im0 Do Q")));
}

TEST_F(IncomingPdf, RefusesAVisibleAnnotation) {
  RawPdf pdf;
  const int looks = pdf.addStream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "");
  const int image =
      pdf.addStream("/Type /XObject /Subtype /Image " + jpegDictionary(620, 877, true), jpeg());
  pdf.addPage(
      fmt::format("/XObject << /Im0 {} 0 R >>", image), "595 0 0 842 0 0 cm /Im0 Do", kWidth,
      kHeight,
      fmt::format("/Annots [<< /Subtype /Stamp /Rect [9 9 99 99] /AP << /N {} 0 R >> >>]", looks));
  expectCause(pdf.bytes(), Cause::pdfNotScanned, "annotation");
}

TEST_F(IncomingPdf, FindsTheImageInsideAForm) {
  RawPdf pdf;
  const int image =
      pdf.addStream("/Type /XObject /Subtype /Image " + jpegDictionary(620, 877, true), jpeg());
  const int form = pdf.addStream(
      fmt::format("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Matrix [595.2 0 0 842.4 0 0] "
                  "/Resources << /XObject << /I {} 0 R >> >>",
                  image),
      "/I Do");
  pdf.addPage(fmt::format("/XObject << /Fm0 {} 0 R >>", form), "q /Fm0 Do Q", kWidth, kHeight);
  const auto file = inspect(pdf.bytes());
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_NEAR(file->pages[0].xDpi, 75, 0.01);
}

TEST_F(IncomingPdf, TakesATurnedImageAsItIsStored) {
  RawPdf pdf;
  const int image =
      pdf.addStream("/Type /XObject /Subtype /Image " + jpegDictionary(620, 877, true), jpeg());
  pdf.addPage(fmt::format("/XObject << /Im0 {} 0 R >>", image),
              "q 0 595.2 -842.4 0 842.4 0 cm /Im0 Do Q", kHeight, kWidth, "/Rotate 90");
  const auto file = inspect(pdf.bytes());
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->pages[0].width, 620);
  EXPECT_NEAR(file->pages[0].xDpi, 75, 0.01);
  EXPECT_NEAR(file->pages[0].yDpi, 74.96, 0.01);
}

TEST_F(IncomingPdf, UnpacksSamples) {
  const std::string size = "/Width 620 /Height 877 ";
  const Picture grey(Picture::Kind::grey, 620, 877);
  const auto rgb = imageOf(size + "/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode",
                           test::zlibbed(samples(colour()).substr(0, 620 * 877 * 3)));
  EXPECT_EQ(rgb.format, ImageFormat::tiff);
  EXPECT_TRUE(samePixels(Picture::decode(rgb.bytes), colour()));
  const std::string greySamples = samples(grey).substr(0, 620 * 877);
  const auto plain = imageOf(size + "/BitsPerComponent 8 /ColorSpace /DeviceGray", greySamples);
  EXPECT_TRUE(samePixels(Picture::decode(plain.bytes), grey));
  const auto icc =
      imageOf(size +
                  "/BitsPerComponent 8 /ColorSpace [/CalGray << /WhitePoint [1 1 1] >>] /Filter "
                  "[/ASCIIHexDecode /FlateDecode]",
              [&] {
                std::string hex;
                for (const char c : test::zlibbed(greySamples)) {
                  hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
                }
                return hex + ">";
              }());
  EXPECT_TRUE(samePixels(Picture::decode(icc.bytes), grey));
  std::string negative = greySamples;
  for (char& c : negative) c = static_cast<char>(~c);
  const auto turned =
      imageOf(size + "/BitsPerComponent 8 /ColorSpace /DeviceGray /Decode [1 0]", negative);
  EXPECT_TRUE(samePixels(Picture::decode(turned.bytes), grey));
  const auto indexed =
      imageOf(size + "/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 <000000ffffff>]",
              std::string(620 * 877, '\1'));
  EXPECT_TRUE(indexed.bytes.size() > 1000);
}

TEST_F(IncomingPdf, UnpacksFaxData) {
  const std::string bits = samples(bilevel()).substr(0, 78 * 877);
  std::string negative = bits;
  for (char& c : negative) c = static_cast<char>(~c);
  // In PDF, 0 is black for DeviceGray.
  const auto raw =
      imageOf("/Width 620 /Height 877 /BitsPerComponent 1 /ColorSpace /DeviceGray", negative);
  EXPECT_TRUE(samePixels(Picture::decode(raw.bytes), bilevel()));
  // A fax strip as libtiff writes it, all rows in one.
  TIFF* out = TIFFOpen((folder_ / "g4.tif").c_str(), "wl");
  TIFFSetField(out, TIFFTAG_IMAGEWIDTH, 620);
  TIFFSetField(out, TIFFTAG_IMAGELENGTH, 877);
  TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(out, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(out, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, 877);
  std::string copy = bits;
  TIFFWriteEncodedStrip(out, 0, copy.data(), static_cast<tmsize_t>(copy.size()));
  TIFFClose(out);
  TIFF* in = TIFFOpen((folder_ / "g4.tif").c_str(), "r");
  std::string strip(TIFFGetStrileByteCount(in, 0), '\0');
  TIFFReadRawStrip(in, 0, strip.data(), static_cast<tmsize_t>(strip.size()));
  TIFFClose(in);
  const std::string dictionary =
      "/Width 620 /Height 877 /BitsPerComponent 1 /Filter /CCITTFaxDecode ";
  const auto usual = imageOf(
      dictionary + "/ColorSpace /DeviceGray /DecodeParms << /K -1 /Columns 620 /Rows 877 >>",
      strip);
  EXPECT_TRUE(samePixels(Picture::decode(usual.bytes), bilevel()));
  const auto stencil =
      imageOf(dictionary + "/ImageMask true /DecodeParms << /K -1 /Columns 620 >>", strip);
  EXPECT_TRUE(samePixels(Picture::decode(stencil.bytes), bilevel()));
  const auto twice = imageOf(dictionary +
                                 "/ColorSpace /DeviceGray /Decode [1 0] "
                                 "/DecodeParms [<< /K -1 /Columns 620 /BlackIs1 true >>]",
                             strip);
  EXPECT_TRUE(samePixels(Picture::decode(twice.bytes), bilevel()));
}

TEST_F(IncomingPdf, SaysWhatCannotBeUnpacked) {
  const std::string size = "/Width 620 /Height 877 /BitsPerComponent 1 ";
  const auto one = [&](const std::string& dictionary, const std::string& data) {
    RawPdf pdf;
    pdf.addScan(dictionary, data, kWidth, kHeight);
    return pdf.bytes();
  };
  expectCause(one(size + "/ColorSpace /DeviceGray /Filter /JBIG2Decode", "x"),
              Cause::imageUnsupported, "page 1: JBIG2");
  expectCause(one(size + "/ColorSpace [/Separation /Red /DeviceRGB 5 0 R]", "x"),
              Cause::imageUnsupported, "colour space");
  expectCause(one("/Width 40000 /Height 877 /BitsPerComponent 1 /ColorSpace /DeviceGray", "x"),
              Cause::imageTooLarge, "40000");
  expectCause(one(jpegDictionary(620, 877, true), jpeg().substr(0, 9000)), Cause::pdfDamaged,
              "before its end marker");
  expectCause(one(jpegDictionary(620, 877, true) + " /SMask 3 0 R", jpeg()), Cause::pdfNotScanned,
              "masked");
}

TEST_F(IncomingPdf, StopsUnpackingABomb) {
  RawPdf pdf;
  pdf.addScan(
      "/Width 620 /Height 877 /BitsPerComponent 8 /ColorSpace /DeviceGray "
      "/Filter /FlateDecode",
      test::zlibbed(std::string(50'000'000, '\0')), kWidth, kHeight);
  ASSERT_TRUE(inspect(pdf.bytes()));
  const auto image = readIncomingPage(file_, 0);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().cause, Cause::pdfDamaged);
  EXPECT_THAT(image.error().detail, HasSubstr("unpacks to more"));
  RawPdf content;
  const int stream =
      content.addStream("/Filter /FlateDecode", test::zlibbed(std::string(100'000'000, ' ')));
  content.addPage("", "", 9, 9, fmt::format("/Contents {} 0 R", stream));
  expectCause(content.bytes(), Cause::pdfDamaged, "unpacks to more");
}

TEST_F(IncomingPdf, SaysEncryptedWithAndWithoutAPassword) {
  for (const std::string password : {"", "secret"}) {
    test::spill(folder_ / "plain.pdf", scanned());
    const auto done = test::runCommand({"qpdf", "--encrypt", password, "owner", "256", "--",
                                        (folder_ / "plain.pdf").string(), file_.string()});
    ASSERT_TRUE(done.ok()) << done.describe();
    const auto file = inspectIncoming(file_);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().cause, Cause::pdfEncrypted) << file.error().detail;
  }
}

TEST_F(IncomingPdf, SaysDamagedWhenCutOff) {
  const std::string whole = scanned();
  for (const double share : {0.1, 0.5, 0.9, 0.99}) {
    const auto length = static_cast<std::size_t>(static_cast<double>(whole.size()) * share);
    expectCause(whole.substr(0, length), Cause::pdfDamaged);
  }
}

TEST_F(IncomingPdf, SurvivesHostilePageTrees) {
  RawPdf loop;
  loop.addPage("", "", 9, 9);
  std::string bytes = loop.bytes();
  bytes.replace(bytes.find("/Kids [4 0 R"), 12, "/Kids [2 0 R");
  expectCause(bytes, Cause::pdfDamaged, "loop");
  RawPdf deep;
  // Objects 4, 5, … each hold the next as their only kid.
  for (int i = 0; i < 60000; ++i) {
    deep.add(fmt::format("<< /Type /Pages /Count 1 /Kids [{} 0 R] >>", i + 4));
  }
  bytes = deep.bytes();
  bytes.replace(bytes.find("/Kids []"), 8, "/Kids [3 0 R]");
  test::spill(file_, bytes);
  const auto file = inspectIncoming(file_);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().cause, Cause::pdfDamaged) << file.error().detail;
}

TEST_F(IncomingPdf, SurvivesFormsThatDrawThemselves) {
  RawPdf pdf;
  const int form = pdf.addStream(
      "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F 3 0 R >> >>",
      "/F Do /F Do /F Do /F Do /F Do /F Do");
  pdf.addPage(fmt::format("/XObject << /F {} 0 R >>", form), "/F Do", kWidth, kHeight);
  expectCause(pdf.bytes(), Cause::pdfDamaged, "forms nested");
}

TEST_F(IncomingPdf, PutsAnImpossibleDrawnSizeRight) {
  // One point a pixel, as some programs draw: 1654 x 2339 points would be a wall chart.
  const Picture a4(Picture::Kind::grey, 1654, 2339);
  RawPdf pdf;
  pdf.addScan(jpegDictionary(1654, 2339, false), a4.jpeg(1), 1654, 2339);
  const auto file = inspect(pdf.bytes());
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->pages[0].xDpi, 200);
  EXPECT_TRUE(file->pages[0].dpiAssumed);
}

}  // namespace
}  // namespace sohoa
