#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tiffio.h>

#include "pdf/pdfa/writer.h"
#include "tests/pdf/page_images.h"
#include "tests/pdf/raw_pdf.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

using test::Picture;
using test::runCommand;
using testing::ContainsRegex;

class WriterImage : public testing::Test {
 protected:
  // Writes a document of that one page and extracts its image with an independent tool.
  std::filesystem::path extracted(const std::string& name, const std::string& bytes,
                                  const std::string& format = "-all") {
    test::spill(folder_ / name, bytes);
    const auto out = folder_ / "out.pdf";
    const auto written = writePdfA(out, {{folder_ / name, 0, {}}}, PdfInfo{});
    EXPECT_TRUE(written) << name << ": " << written.error().detail;
    const auto check = runCommand({"qpdf", "--check", out.string()});
    EXPECT_TRUE(check.ok()) << check.describe();
    list_ = runCommand({"pdfimages", "-list", out.string()}).out;
    const auto root = folder_ / fmt::format("image{}", ++count_);
    EXPECT_TRUE(runCommand({"pdfimages", format, out.string(), root.string()}).ok());
    for (const char* extension : {"-000.jpg", "-000.png", "-000.ccitt", "-000.tif"}) {
      if (std::filesystem::exists(root.string() + extension)) return root.string() + extension;
    }
    ADD_FAILURE() << name << ": no image in the PDF\n" << list_;
    return {};
  }
  Picture pixelsOf(const std::string& name, const std::string& bytes) {
    return Picture::decode(test::slurp(extracted(name, bytes, "-png")));
  }
  test::TemporaryFolder folder_;
  std::string list_;
  int count_ = 0;
};

TEST_F(WriterImage, KeepsJpegStreamsByteForByte) {
  const Picture colour(Picture::Kind::colour, 413, 585), grey(Picture::Kind::grey, 413, 585);
  for (const std::string& bytes : {colour.jpeg(200), grey.jpeg(200), colour.jpeg(200, true)}) {
    EXPECT_EQ(test::slurp(extracted("a.jpg", bytes)), bytes);
    EXPECT_THAT(list_, ContainsRegex("jpeg +no"));
  }
}

TEST_F(WriterImage, KeepsTheJpegStreamOfAScannedPdf) {
  const std::string bytes = Picture(Picture::Kind::colour, 413, 585).jpeg(200);
  test::RawPdf pdf;
  pdf.addScan(test::jpegDictionary(413, 585, true), bytes, 595, 842);
  EXPECT_EQ(test::slurp(extracted("a.pdf", pdf.bytes())), bytes);
}

TEST_F(WriterImage, ConvertsWhatPdfACannotHold) {
  const Picture shown = Picture::decode(test::slurp(extracted("a.jpg", test::cmykJpeg(200, 300))));
  EXPECT_THAT(list_, ContainsRegex("200 +300 +rgb +3 +8 +jpeg"));
  EXPECT_EQ(shown.width(), 200);
}

TEST_F(WriterImage, KeepsPngPixels) {
  for (const auto kind : {Picture::Kind::grey, Picture::Kind::colour, Picture::Kind::palette,
                          Picture::Kind::bilevel}) {
    const Picture picture(kind, 413, 585);
    EXPECT_TRUE(samePixels(pixelsOf("a.png", picture.png(200)), picture))
        << static_cast<int>(kind) << "\n"
        << list_;
  }
}

TEST_F(WriterImage, FlattensAndReducesTheRarePng) {
  struct Form {
    int bits, colourType;
    bool interlaced;
    int shown;  // all samples are zero: black; where alpha is zero too, the white below shows
  };
  for (const Form form : {Form{16, 0, false, 0}, Form{16, 2, false, 0}, Form{8, 2, true, 0},
                          Form{4, 0, true, 0}, Form{8, 4, false, 255}, Form{16, 4, false, 255},
                          Form{8, 6, false, 255}, Form{16, 6, false, 255}, Form{8, 6, true, 255}}) {
    const Picture shown =
        pixelsOf("a.png", test::plainPng(64, 64, form.bits, form.colourType, form.interlaced));
    EXPECT_TRUE(samePixels(shown, Picture::uniform(form.shown, 64, 64)))
        << form.bits << " bits, type " << form.colourType << "\n"
        << list_;
  }
}

TEST_F(WriterImage, CodesOneBitPagesAsGroup4WithoutLoss) {
  const Picture picture(Picture::Kind::bilevel, 413, 585);
  for (const int compression : {COMPRESSION_CCITTFAX4, COMPRESSION_NONE, COMPRESSION_LZW}) {
    EXPECT_TRUE(samePixels(pixelsOf("a.tif", picture.tiff(200, compression)), picture));
    EXPECT_THAT(list_, ContainsRegex("413 +585 +gray +1 +1 +ccitt"));
  }
}

TEST_F(WriterImage, CodesColourTiffAsHighQualityJpeg) {
  const Picture picture(Picture::Kind::colour, 413, 585);
  extracted("a.tif", picture.tiff(200, COMPRESSION_LZW));
  EXPECT_THAT(list_, ContainsRegex("413 +585 +rgb +3 +8 +jpeg"));
}

TEST_F(WriterImage, AddsLittleToTheSizeOfTheScans) {
  const Picture page(Picture::Kind::colour, 1654, 2339);
  const std::string bytes = page.jpeg(200);
  extracted("a.jpg", bytes);
  const auto size = static_cast<double>(std::filesystem::file_size(folder_ / "out.pdf"));
  EXPECT_LT(size, 1.03 * static_cast<double>(bytes.size()) + 8000);
}

}  // namespace
}  // namespace sohoa
