#include "pdf/access/access_copy.h"

#include <allheaders.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pdf/access/layer_check.h"
#include "pdf/access/page_layers.h"
#include "pdf/pdfa/writer.h"
#include "tests/pdf/page_images.h"
#include "tests/support/files.h"
#include "tests/support/preflight.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

using test::Picture;
using test::runCommand;
using testing::HasSubstr;

PdfInfo info(PdfStandard standard = PdfStandard::pdfA1b) {
  PdfInfo made;
  made.title = "Quyết định";
  made.documentCode = "000.00.12.H46-210910-0001-KQ1";
  made.created = *parseIsoTime("2021-09-10T14:30:20+07:00");
  made.standard = standard;
  return made;
}

PageReading someWords(int width, int height) {
  PageReading reading;
  reading.width = width, reading.height = height, reading.xDpi = reading.yDpi = 200;
  TextBlock block;
  for (int y = 200; y < height - 100; y += 60) {
    TextLine line;
    for (int x = 100; x < width - 200; x += 130) {
      line.words.push_back(test::wordAt("chữ", x, y, 90, 30));
    }
    block.lines.push_back(line);
  }
  reading.blocks.push_back(block);
  return reading;
}

class AccessCopy : public testing::Test {
 protected:
  std::filesystem::path document(const Picture& picture, const PageReading& reading,
                                 const PdfInfo& about = info()) {
    test::spill(folder_ / "1.jpg", picture.jpeg(200));
    const auto written = writePdfA(folder_ / "filed.pdf", {{folder_ / "1.jpg", 0, reading}}, about);
    EXPECT_TRUE(written) << written.error().detail;
    return folder_ / "filed.pdf";
  }
  // Paper with words on it, and how a viewer shows a page.
  std::filesystem::path written(const PdfInfo& about = info()) {
    Picture picture(pixConvertTo32(Picture::uniform(235, 1654, 2339).pix()));
    const PageReading reading = someWords(1654, 2339);
    picture.paintWords(reading);
    picture = Picture(pixAddGaussianNoise(picture.pix(), 8.0F));  // a scanner's grain
    return document(picture, reading, about);
  }
  Picture shown(const std::filesystem::path& file) {
    const auto stem = (folder_ / "shown").string();
    EXPECT_TRUE(
        runCommand({"pdftoppm", "-r", "100", "-png", "-singlefile", file.string(), stem}).ok());
    return Picture::decode(test::slurp(stem + ".png"));
  }
  test::TemporaryFolder folder_;
};

TEST_F(AccessCopy, IsMuchSmallerAndLooksTheSame) {
  const auto filed = written();
  const auto copied = writeAccessCopy(folder_ / "copy.pdf", filed);
  ASSERT_TRUE(copied) << copied.error().detail;
  ASSERT_EQ(copied->size(), 1U);
  EXPECT_TRUE(copied->front().layered);
  EXPECT_LT(6 * copied->front().bytes, copied->front().original);
  EXPECT_GT(test::likeness(shown(filed), shown(folder_ / "copy.pdf")), 25.0);
}

TEST_F(AccessCopy, KeepsTextMetadataAndSheet) {
  const auto filed = written();
  ASSERT_TRUE(writeAccessCopy(folder_ / "copy.pdf", filed));
  const std::string copy = folder_ / "copy.pdf";
  EXPECT_EQ(runCommand({"pdftotext", "-bbox", copy, "-"}).out,
            runCommand({"pdftotext", "-bbox", filed.string(), "-"}).out);
  const auto facts = runCommand({"pdfinfo", copy});
  EXPECT_THAT(facts.out, HasSubstr("Quyết định"));
  const auto xmp = runCommand({"pdfinfo", "-meta", copy});
  EXPECT_THAT(xmp.out, HasSubstr("<dc:identifier>000.00.12.H46-210910-0001-KQ1<"));
  EXPECT_THAT(xmp.out, HasSubstr("<xmpMM:RenditionClass>screen<"));
  const auto check = runCommand({"qpdf", "--check", copy});
  EXPECT_TRUE(check.ok()) << check.describe();
}

TEST_F(AccessCopy, UsesGroup4AndJpegOnly) {
  ASSERT_TRUE(writeAccessCopy(folder_ / "copy.pdf", written()));
  const auto images = runCommand({"pdfimages", "-list", (folder_ / "copy.pdf").string()});
  EXPECT_THAT(images.out, testing::ContainsRegex("stencil|mask"));
  EXPECT_THAT(images.out, HasSubstr("ccitt"));
  EXPECT_THAT(images.out, HasSubstr("jpeg"));
  EXPECT_THAT(images.out, testing::Not(HasSubstr("jbig2")));
  EXPECT_THAT(images.out, testing::Not(HasSubstr("smask")));
}

TEST_F(AccessCopy, KeepsTheImageOfAPageThatIsNotText) {
  const Picture noise(Picture::Kind::colour, 827, 1169);
  const auto filed = document(noise, {});
  const auto layers = separateLayers(
      {ImageFormat::jpeg, test::slurp(folder_ / "1.jpg"), 827, 1169, 200, 200, false});
  ASSERT_TRUE(layers);
  const auto copied = writeAccessCopy(folder_ / "copy.pdf", filed);
  ASSERT_TRUE(copied) << copied.error().detail;
  if (layers->departure > kMostDeparture || layers->bytes() >= copied->front().original) {
    EXPECT_FALSE(copied->front().layered);
    EXPECT_EQ(test::likeness(shown(filed), shown(folder_ / "copy.pdf")), 1000);
  } else {
    EXPECT_GT(test::likeness(shown(filed), shown(folder_ / "copy.pdf")), 25.0);
  }
}

TEST_F(AccessCopy, GuardSeesThatLettersAreMissing) {
  Picture picture(pixConvertTo32(Picture::uniform(235, 1654, 2339).pix()));
  for (int y = 300; y < 2000; ++y) {  // upright strokes of letters, in lines
    for (int x = 200; x < 1400; ++x) {
      if (y % 60 < 30 && x % 12 < 5) pixSetRGBPixel(picture.pix(), x, y, 30, 30, 30);
    }
  }
  const std::string scan = picture.jpeg(200);
  const auto layers = separateLayers({ImageFormat::jpeg, scan, 1654, 2339, 200, 200, false});
  ASSERT_TRUE(layers);
  EXPECT_LT(layers->departure, kMostDeparture);
  const PixHandle page(pixConvertTo32(Picture::decode(scan).pix()));
  const PixHandle nothing(pixCreate(layers->ink.width, layers->ink.height, 1));
  EXPECT_GT(departureOf(page.get(), nothing.get(), *layers, 3), kMostDeparture);
}

TEST_F(AccessCopy, GivesTheSameBytesForTheSameDocument) {
  const auto filed = written();
  ASSERT_TRUE(writeAccessCopy(folder_ / "a.pdf", filed));
  ASSERT_TRUE(writeAccessCopy(folder_ / "b.pdf", filed));
  EXPECT_EQ(test::slurp(folder_ / "a.pdf"), test::slurp(folder_ / "b.pdf"));
}

TEST_F(AccessCopy, RefusesADocumentOfAnotherKind) {
  test::spill(folder_ / "no.pdf", "%PDF-1.4\nnonsense");
  const auto copied = writeAccessCopy(folder_ / "copy.pdf", folder_ / "no.pdf");
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().stage, Stage::packaging);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "copy.pdf"));
}

TEST_F(AccessCopy, IsValidPdfA1b) {
  if (!test::hasPreflight()) GTEST_SKIP() << "preflight (libpdfbox2-java) is not installed";
  ASSERT_TRUE(writeAccessCopy(folder_ / "copy.pdf", written()));
  for (const auto& verdict : test::preflight({folder_ / "copy.pdf"})) {
    EXPECT_TRUE(verdict.valid) << testing::PrintToString(verdict.findings);
  }
}

}  // namespace
}  // namespace sohoa
