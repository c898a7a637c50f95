#include "pdf/drawing/checklist_pdf.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/clock.h"
#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

using test::CommandResult;
using test::runCommand;
using testing::HasSubstr;

class ListPdf : public testing::Test {
 protected:
  std::string file(const PrintedList& list) const {
    const auto pdf =
        listPdf(list, {Language::vi, parseIsoTime("2021-09-10T01:00:00Z").value(), ""});
    EXPECT_TRUE(pdf);
    const auto path = folder_ / "list.pdf";
    test::spill(path, pdf ? *pdf : "");
    const CommandResult check = runCommand({"qpdf", "--check", path.string()});
    EXPECT_EQ(check.exitCode, 0) << check.describe();
    return path;
  }
  /// Text of each page; what pdftotext ends with a form feed.
  std::vector<std::string> pagesOf(const PrintedList& list) const {
    const std::string text = runCommand({"pdftotext", "-layout", file(list), "-"}).out;
    std::vector<std::string> pages;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\f', at), text.size());
      pages.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return pages;
  }
  test::TemporaryFolder folder_;
};

TEST_F(ListPdf, ShowsEveryLineOnceWithItsDiacritics) {
  const auto pages = pagesOf({"Sở Tài nguyên và Môi trường",
                              "DANH SÁCH",
                              {{ListLine::Kind::heading, "000.00.12.H46-210910-0001"},
                               {ListLine::Kind::note, "Bộ phận Một cửa   Nguyễn Thị Ước"},
                               {ListLine::Kind::item, "trang 3 (003.jpg): mờ quá"},
                               {ListLine::Kind::note, "sau đó: sohoa review merge"}}});
  ASSERT_EQ(pages.size(), 1u);
  for (const char* text : {"Sở Tài nguyên và Môi trường", "DANH SÁCH", "000.00.12.H46-210910-0001",
                           "Nguyễn Thị Ước", "trang 3 (003.jpg): mờ quá", "trang 1/1"}) {
    EXPECT_THAT(pages[0], HasSubstr(text));
  }
}

TEST_F(ListPdf, GoesOnOverPagesWithoutLosingALineOrPartingAHeadingFromItsFirstItem) {
  PrintedList list{"Sở", "DANH SÁCH", {}};
  constexpr int kBlocks = 60;
  for (int i = 1; i <= kBlocks; ++i) {
    const std::string n = std::to_string(1000 + i);
    list.lines.push_back({ListLine::Kind::heading, "HEADING" + n});
    list.lines.push_back({ListLine::Kind::note, "NOTE" + n});
    for (int k = 0; k <= i % 3; ++k)
      list.lines.push_back({ListLine::Kind::item, "ITEM" + n + "x" + std::to_string(k)});
  }
  const auto pages = pagesOf(list);
  ASSERT_GT(pages.size(), 2u);
  for (const ListLine& line : list.lines) {
    EXPECT_EQ(std::count_if(pages.begin(), pages.end(),
                            [&](const std::string& page) {
                              return page.find(line.text) != std::string::npos;
                            }),
              1)
        << line.text;
  }
  for (int i = 1; i <= kBlocks; ++i) {
    const std::string n = std::to_string(1000 + i);
    for (const std::string& page : pages) {
      const bool here = page.find("HEADING" + n) != std::string::npos;
      EXPECT_EQ(page.find("ITEM" + n + "x0") != std::string::npos, here) << n;
    }
  }
}

TEST_F(ListPdf, PartsAWordThatIsWiderThanThePaper) {
  const std::string name(300, 'W');
  const auto pages = pagesOf({"Sở", "DANH SÁCH", {{ListLine::Kind::item, "tệp " + name + " hết"}}});
  ASSERT_EQ(pages.size(), 1u);
  const auto shown = std::count(pages[0].begin(), pages[0].end(), 'W');
  EXPECT_GT(shown, 100) << "wrapped, within six lines";
  EXPECT_THAT(pages[0], HasSubstr("…"));
}

TEST_F(ListPdf, OfNothingIsAPageThatSaysWhatItIs) {
  EXPECT_THAT(pagesOf({"Sở", "DANH SÁCH", {}}), testing::ElementsAre(HasSubstr("DANH SÁCH")));
}

TEST_F(ListPdf, NeedsAFontItCanUse) {
  const auto pdf = listPdf({"Sở", "DANH SÁCH", {}}, {Language::vi, Time{}, "/dev/null"});
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().cause, Cause::documentNotWritten);
}

}  // namespace
}  // namespace sohoa
