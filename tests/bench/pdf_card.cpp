// The score card of the documents: of every page of a generated set,
//   sohoa_generate --out SET --set golden --seed N --pages-per-condition 2
//   OMP_THREAD_LIMIT=1 pdf_card SET WORK [text] [access] [control] [CONDITION…]
// or of N pages that another hand draws (tests/ocr/drawn_office.h), of each look:
//   OMP_THREAD_LIMIT=1 pdf_card office:SEED:N WORK …
// or of N sheets of A3, standing and lying, straight and slanting:
//   OMP_THREAD_LIMIT=1 pdf_card a3:SEED:N WORK text
// Reads each page (kept in WORK), packages it, and tells
//   text     how much of the reading other programs find in the document: pdftotext and, where it
//            is installed, mutool: words in order, and boxes that overlap by 0.7 or more;
//   access   how much smaller the access copy is than the scan, and how many of the words that are
//            read on the scan are read on the copy as pdftoppm shows it at the scan's resolution:
//            of all of them, and of those that are read as they stand on the paper (the set's
//            truth);
//   control  the same for the scan itself, decoded and compressed once more with quality 90: what
//            any change of the image costs.
// WORK keeps the PDFs, for preflight and for looking at.

#include <allheaders.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include "core/durable.h"
#include "ocr/page/recogniser.h"
#include "pdf/access/access_copy.h"
#include "pdf/incoming/incoming.h"
#include "pdf/pdfa/writer.h"
#include "tests/bench/pdf_words.h"
#include "tests/ocr/drawn_office.h"
#include "tests/ocr/drawn_page.h"
#include "tests/ocr/sample_pages.h"
#include "tests/support/process.h"

namespace fs = std::filesystem;
using namespace sohoa;

namespace {

/// A page with its truth; `printed`, without places, where that is all there is.
struct CardPage {
  test::SamplePage sample;
  std::set<std::string> printed;
};

/// For each word of the reading whether it stands on the paper like that.
std::vector<bool> rightWords(const PageReading& reading, const CardPage& card) {
  const test::SamplePage& page = card.sample;
  std::vector<bool> right;
  for (const TextBlock& block : reading.blocks) {
    for (const TextLine& line : block.lines) {
      for (const Word& word : line.words) {
        const int x = word.box.x + word.box.width / 2, y = word.box.y + word.box.height / 2;
        right.push_back(card.printed.contains(word.text) ||
                        std::any_of(page.words.begin(), page.words.end(), [&](const auto& truth) {
                          return truth.text == word.text && x >= truth.box.x &&
                                 x < truth.box.right() && y >= truth.box.y &&
                                 y < truth.box.bottom();
                        }));
      }
    }
  }
  return right;
}

class Card {
 public:
  Card(fs::path work, bool text, bool access, bool control)
      : work_(std::move(work)), text_(text), access_(access), control_(control) {
    fs::create_directories(work_);
    if (text_ && !test::hasProgram("mutool")) std::puts("mutool is not installed: not compared");
  }

  void page(const CardPage& card) {
    const test::SamplePage& sample = card.sample;
    const fs::path file = sample.path;
    const int index = sample.index;
    const std::string key = fmt::format("{}-{}-{}-{}", sample.condition, sample.dossier,
                                        file.stem().string(), index + 1);
    const auto image = readIncomingPage(file, index);
    if (!image) return;
    const auto reading = read(*image, key);
    if (!reading || wordCount(*reading) == 0) return;
    PdfInfo info;
    info.title = key;
    info.documentCode = info.dossierCode = key;
    info.created = *parseIsoTime("2021-09-10T14:30:20+07:00");
    const fs::path pdf = work_ / (key + ".pdf");
    const auto written = writePdfA(pdf, {{file, index, *reading}}, info);
    if (!written) return void(std::printf("%s: %s\n", key.c_str(), written.error().detail.c_str()));
    scans_ += image->bytes.size(), documents_ += fs::file_size(pdf);
    std::string line = fmt::format("{:34}", key);
    if (text_) line += text(pdf, *reading);
    if (access_) line += access(pdf, *image, *reading, card);
    if (control_) line += control(*image, *reading, card);
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
  }

  void sum() const {
    std::printf("documents %.2f %% above the scans\n",
                100.0 * (static_cast<double>(documents_) / static_cast<double>(scans_) - 1));
    for (const auto& [reader, found] : found_) {
      std::printf("%s: words %d of %d, boxes %d (%.2f %%)\n", reader.c_str(), found.words, found.of,
                  found.boxes, 100.0 * found.boxes / found.of);
    }
    if (text_) std::printf("pdftotext, plain: %d words too few or too many\n", stray_);
    if (onControl_.words > 0) std::printf("control: %s\n", onControl_.said().c_str());
    if (copies_ == 0) return;
    std::printf("copies: %.2f times smaller in all, %.2f at least; layered %d of %d\n",
                static_cast<double>(scans_) / static_cast<double>(copies_), least_, layered_,
                pages_);
    std::printf("        %s\n", onCopy_.said().c_str());
  }

 private:
  struct Found {
    int words = 0, boxes = 0, of = 0;
  };

  Result<PageReading> read(const PageImage& image, const std::string& key) {
    const fs::path kept = work_ / (key + ".json");
    if (fs::exists(kept)) return readingFromJson(readFile(kept));
    auto reading = recogniser_.read(image);
    if (reading) std::ofstream(kept) << toJson(*reading);
    return reading;
  }

  std::string text(const fs::path& pdf, const PageReading& reading) {
    const int stray = test::strayInPlainText(reading, pdf);
    stray_ += stray;
    std::string line = fmt::format("  plain text {} stray", stray);
    std::vector<std::string> readers = {"pdftotext"};
    if (test::hasProgram("mutool")) readers.emplace_back("mutool");
    for (const std::string& reader : readers) {
      const auto match = test::matchWords(reading, test::wordsSeenBy(reader, pdf));
      Found& found = found_[reader];
      found.words += match.words, found.boxes += match.boxes, found.of += match.of;
      line += fmt::format("  {} {}/{} boxes {}", reader, match.words, match.of, match.boxes);
      for (const std::string& miss : match.misses) line += "\n      " + miss;
    }
    return line;
  }

  std::string access(const fs::path& pdf, const PageImage& image, const PageReading& reading,
                     const CardPage& card) {
    const fs::path copy = fs::path(pdf).replace_extension(".access.pdf");
    const auto pages = writeAccessCopy(copy, pdf);
    if (!pages) return "  " + pages.error().detail;
    const AccessPage& page = pages->front();
    const std::string stem = work_ / "shown";
    const auto shown = test::runCommand({"pdftoppm", "-r", fmt::format("{:.4f}", image.xDpi),
                                         "-png", "-singlefile", copy.string(), stem});
    if (!shown.ok()) return "  pdftoppm: " + shown.describe();
    const auto picture = readIncomingPage(stem + ".png", 0);
    if (!picture) return "  the picture cannot be read";
    PageImage again = *picture;
    again.xDpi = image.xDpi, again.yDpi = image.yDpi;
    const auto second = recogniser_.read(again);
    if (!second) return "  the copy cannot be read";
    const double times = static_cast<double>(page.original) / static_cast<double>(page.bytes);
    copies_ += page.bytes, pages_ += 1;
    layered_ += page.layered ? 1 : 0;
    least_ = std::min(least_, times);
    return fmt::format("  {:.1f}x ({} kB of {}) {} departure {:.0f} ", times, page.bytes / 1000,
                       page.original / 1000, page.layered ? "layers" : "IMAGE", page.departure) +
           compare(reading, *second, card, onCopy_);
  }

  std::string control(const PageImage& image, const PageReading& reading, const CardPage& card) {
    Pix* pix = pixReadMem(reinterpret_cast<const l_uint8*>(image.bytes.data()), image.bytes.size());
    l_uint8* data = nullptr;
    std::size_t size = 0;
    const bool made = pix && pixWriteMemJpeg(&data, &size, pix, 90, 0) == 0;
    pixDestroy(&pix);
    if (!made) return "  no control";
    PageImage again = image;
    again.format = ImageFormat::jpeg;
    again.bytes.assign(reinterpret_cast<char*>(data), size);
    lept_free(data);
    const auto second = recogniser_.read(again);
    return second ? "\n    control " + compare(reading, *second, card, onControl_) : "  no control";
  }

  struct Kept {
    int same = 0, words = 0, rightSame = 0, right = 0;
    std::string said() const {
      return fmt::format("words {} of {} ({:.2f} %), of those read right {} of {} ({:.2f} %)", same,
                         words, 100.0 * same / words, rightSame, right, 100.0 * rightSame / right);
    }
  };

  /// How much of the first reading is in the second.
  static std::string compare(const PageReading& first, const PageReading& second,
                             const CardPage& card, Kept& sum) {
    const auto common = test::commonWords(first, second);
    const auto right = rightWords(first, card);
    int kept = 0, of = 0;
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (!right[i]) continue;
      ++of;
      kept += common.kept[i] ? 1 : 0;
    }
    sum.rightSame += kept, sum.right += of, sum.same += common.same, sum.words += common.of;
    std::string line = fmt::format(" words {}/{} right {}/{}", common.same, common.of, kept, of);
    for (const std::string& other : common.others) line += "\n      " + other;
    return line;
  }

  fs::path work_;
  bool text_, access_, control_;
  Kept onCopy_, onControl_;
  Recogniser recogniser_{RecogniserOptions{}};
  std::map<std::string, Found> found_;
  std::uint64_t scans_ = 0, documents_ = 0, copies_ = 0;
  int layered_ = 0, pages_ = 0;
  int stray_ = 0;
  double least_ = 1e9;
};

/// "office:SEED:N"
std::vector<CardPage> drawnPages(const std::string& set, const fs::path& work) {
  unsigned seed = 0, count = 0;
  if (std::sscanf(set.c_str(), "office:%u:%u", &seed, &count) != 2) return {};
  const test::OfficeFonts fonts = test::officeFonts();
  std::vector<CardPage> pages;
  for (unsigned i = 0; i < count; ++i) {
    for (const char* look : {"clean", "stamped", "skewed", "faint", "low"}) {
      const test::OfficePage drawn =
          test::drawOffice(seed + i, test::officeLook(look, seed + i), fonts);
      CardPage& page = pages.emplace_back();
      page.sample.condition = look, page.sample.dossier = "office";
      page.sample.path = work / fmt::format("{}-{}.jpg", look, seed + i);
      std::ofstream(page.sample.path, std::ios::binary) << drawn.image.bytes;
      page.printed = {drawn.words.begin(), drawn.words.end()};
    }
  }
  return pages;
}

/// "a3:SEED:N": minutes of a survey in two columns, with a table of points below.
std::vector<CardPage> drawnSheets(const std::string& set, const fs::path& work) {
  unsigned seed = 0, count = 0;
  if (std::sscanf(set.c_str(), "a3:%u:%u", &seed, &count) != 2) return {};
  std::vector<CardPage> pages;
  for (unsigned i = 0; i < count; ++i) {
    for (const bool lying : {false, true}) {
      const double wide = lying ? 1191 : 842, high = lying ? 842 : 1191;
      test::DrawnPage sheet(wide, high);
      const double turn = (i % 3) * 0.6;
      if (turn > 0) sheet.turn(turn);
      sheet.text(60, 50, wide - 120, "Liberation Serif Bold 16",
                 "BIÊN BẢN KIỂM TRA HIỆN TRẠNG SỬ DỤNG ĐẤT", test::Align::centre);
      const double column = (wide - 160) / 2;
      for (const double x : {60.0, 100 + column}) {
        double y = 110;
        for (unsigned line = 0; line < 7; ++line) {
          y = sheet.text(
                  x, y, column, "Liberation Serif 13",
                  fmt::format("Thửa đất số {}, tờ bản đồ số {}, diện tích {}.{} m², mục đích "
                              "sử dụng là đất trồng cây lâu năm; ranh giới, mốc giới không "
                              "thay đổi so với hồ sơ địa chính đã lập ngày {:02}/{}/2019.",
                              seed + 37 * i + line, 3 + line, 1 + line, 204 + 13 * i,
                              1 + (seed + line) % 28, 1 + (i + line) % 9)) +
              10;
        }
      }
      for (unsigned row = 0; row < 9; ++row) {
        const double y = high - 330 + 26 * row;
        sheet.line(60, y, wide - 60, y);
        sheet.text(80, y + 4, 120, "Liberation Serif 12", fmt::format("M{}", row + 1));
        sheet.text(300, y + 4, 160, "Liberation Serif 12", fmt::format("19{}5{}3,{}", row, i, row));
        sheet.text(520, y + 4, 160, "Liberation Serif 12", fmt::format("53{}7{}9,{}", i, row, row));
      }
      const double dpi = i % 2 == 0 ? 300 : 400;
      const PageImage image = sheet.scanned(dpi, 0.8, 3, 80, seed + i);
      CardPage& page = pages.emplace_back();
      page.sample.condition = lying ? "lying" : "standing", page.sample.dossier = "a3";
      page.sample.path = work / fmt::format("{}-{}.jpg", page.sample.condition, seed + i);
      std::ofstream(page.sample.path, std::ios::binary) << image.bytes;
    }
  }
  return pages;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s SET WORK [text] [access] [CONDITION…]\n", argv[0]);
    return 2;
  }
  setMsgSeverity(L_SEVERITY_NONE);
  std::set<std::string> wishes(argv + 3, argv + argc);
  bool text = wishes.erase("text") > 0, access = wishes.erase("access") > 0;
  const bool control = wishes.erase("control") > 0;
  if (!text && !access && !control) text = access = true;
  Card card(argv[2], text, access, control);
  std::vector<CardPage> pages = drawnPages(argv[1], argv[2]);
  for (CardPage& sheet : drawnSheets(argv[1], argv[2])) pages.push_back(std::move(sheet));
  if (pages.empty()) {
    for (const test::SamplePage& page : test::pagesOfSet(argv[1])) pages.push_back({page, {}});
  }
  for (const CardPage& page : pages) {
    if (wishes.empty() || wishes.contains(page.sample.condition)) card.page(page);
  }
  card.sum();
  return 0;
}
