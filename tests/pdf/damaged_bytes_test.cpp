#include <gtest/gtest.h>
#include <tiffio.h>

#include <chrono>
#include <random>

#include "pdf/incoming/incoming.h"
#include "pdf/pdfa/writer.h"
#include "tests/pdf/page_images.h"
#include "tests/pdf/raw_pdf.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::Picture;

// Every damaged file must give a value or a reason, soon; the sanitizer build watches the memory.
class DamagedBytes : public testing::TestWithParam<std::string> {
 protected:
  static std::string whole(const std::string& kind) {
    const Picture colour(Picture::Kind::colour, 210, 297);
    const Picture bilevel(Picture::Kind::bilevel, 210, 297);
    if (kind == "jpg") return colour.jpeg(100);
    if (kind == "png") return Picture(Picture::Kind::palette, 210, 297).png(100);
    if (kind == "tif") return test::tiffOf({bilevel, colour}, 200, COMPRESSION_ADOBE_DEFLATE);
    if (kind == "tiff") return colour.tiff(200, COMPRESSION_JPEG);
    test::RawPdf pdf;
    pdf.addScan(test::jpegDictionary(210, 297, true), colour.jpeg(100), 595, 842,
                "BT 3 Tr (x) Tj ET");
    pdf.addScan(
        "/Width 210 /Height 297 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter "
        "/FlateDecode /DecodeParms << /Predictor 15 /Columns 210 >>",
        test::zlibbed(std::string(211 * 297, '\1')), 595, 842);
    return pdf.bytes();
  }

  void tryOut(const std::string& bytes) {
    test::spill(file_, bytes);
    const auto start = std::chrono::steady_clock::now();
    const auto file = inspectIncoming(file_);
    if (file) {
      ++accepted_;
      for (int i = 0; i < std::min(file->pageCount, 2); ++i) {
        const auto page = readIncomingPage(file_, i);
        if (!page) continue;
        const auto written = writePdfA(folder_ / "out.pdf", {{file_, i, {}}}, PdfInfo{});
        EXPECT_EQ(static_cast<bool>(written), std::filesystem::exists(folder_ / "out.pdf"));
        std::filesystem::remove(folder_ / "out.pdf");
      }
    } else {
      ++refused_;
      EXPECT_EQ(file.error().item, file_.filename().string());
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / ("a." + GetParam());
  int accepted_ = 0, refused_ = 0;
};

TEST_P(DamagedBytes, CutOffAnywhereGiveAResult) {
  const std::string bytes = whole(GetParam());
  for (std::size_t i = 0; i < 100; ++i) tryOut(bytes.substr(0, bytes.size() * i / 100));
  EXPECT_GE(refused_, 95);
}

TEST_P(DamagedBytes, FlippedAnywhereGiveAResult) {
  const std::string bytes = whole(GetParam());
  std::mt19937 random(20210910);
  for (int i = 0; i < 250; ++i) {
    std::string damaged = bytes;
    // Half of the damage goes where the structure is.
    const std::size_t range =
        i % 2 == 0 ? damaged.size() : std::min<std::size_t>(damaged.size(), 700);
    for (int n = 0; n <= i % 4; ++n) {
      std::size_t at = random() % range;
      if (i % 8 == 3) at = damaged.size() - 1 - at;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    }
    tryOut(damaged);
  }
  EXPECT_EQ(accepted_ + refused_, 250);
  EXPECT_GT(refused_, 0);
}

INSTANTIATE_TEST_SUITE_P(Kinds, DamagedBytes, testing::Values("jpg", "png", "tif", "tiff", "pdf"),
                         [](const auto& kind) { return kind.param; });

}  // namespace
}  // namespace sohoa
