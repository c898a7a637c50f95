#include <gmock/gmock.h>

#include "tests/scanning/scan_site.h"
#include "tests/scanning/terminal.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

struct AtTheScanner : ScanSite {
  explicit AtTheScanner(int sheets) : ScanSite(sheets) {}
  std::vector<std::string> command(std::vector<std::string> more = {}) const {
    std::vector<std::string> all = {"scan", "--batch",     "lô",   "--resolution",
                                    "200",  "--page-size", "40x30"};
    all.insert(all.end(), more.begin(), more.end());
    return site.command(all);
  }
};

TEST(ScanAtATerminal, GoesFromDossierToDossierByTheirCodes) {
  const AtTheScanner desk(3);
  Terminal person(desk.command({"--dossier", dossierCode(1)}), desk.paper.environment());
  ASSERT_TRUE(person.sees("Tiếp theo?")) << person.screen();
  desk.paper.putIn({{4, 0}});
  person.type("m");  // one more sheet of the same dossier
  ASSERT_TRUE(person.sees("Tiếp theo?")) << person.screen();
  person.type("không phải mã");
  ASSERT_TRUE(person.sees("không phải là mã hồ sơ")) << person.screen();
  desk.paper.putOnTop(1);
  person.type(dossierCode(2));
  ASSERT_TRUE(person.sees("Tiếp theo?")) << person.screen();
  desk.paper.putOnTop(2);
  person.type("n");
  ASSERT_TRUE(person.sees("Tiếp theo?")) << person.screen();
  person.type("");
  EXPECT_EQ(person.ends(), 0) << person.screen();
  EXPECT_EQ(desk.pagesIn(dossierCode(1)), inOrder(4));
  EXPECT_EQ(desk.pagesIn(dossierCode(2)), inOrder(3));
  EXPECT_EQ(desk.pagesIn("stack-001"), (std::vector{2, 3}));
  EXPECT_TRUE(desk.closed());
}

TEST(ScanAtATerminal, AsksForTheSheetAfterAJamAndGoesOn) {
  const AtTheScanner desk(10);
  desk.paper.failAt(5, "jam");
  Terminal person(desk.command({"--sheets", "10"}), desk.paper.environment());
  ASSERT_TRUE(person.sees("giấy bị kẹt trong máy quét")) << person.screen();
  ASSERT_TRUE(person.sees("Nhấn Enter khi tờ số 5 đã nằm trên cùng")) << person.screen();
  person.type("6");
  ASSERT_TRUE(person.sees("còn tờ đứng trước tờ đó chưa được quét")) << person.screen();
  desk.paper.putOnTop(5);
  person.type("");
  ASSERT_TRUE(person.sees("Tiếp theo?")) << person.screen();
  person.type("q");
  EXPECT_EQ(person.ends(), 3) << person.screen();
  EXPECT_FALSE(desk.closed());
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(10));
}

TEST(ScanAtATerminal, TurnsTheStackOver) {
  const AtTheScanner desk(4);
  Terminal person(desk.command({"--fronts"}), desk.paper.environment());
  ASSERT_TRUE(person.sees("cả xấp đã lật")) << person.screen();
  desk.paper.putOnTop(4, true);
  person.type("");
  ASSERT_TRUE(person.sees("đóng lô")) << person.screen();
  person.type("");
  EXPECT_EQ(person.ends(), 0) << person.screen();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(4, true));
  EXPECT_TRUE(desk.closed());
}

TEST(ScanAtATerminal, TakesOneSideAfterTheOtherFromTheGlass) {
  const AtTheScanner desk(3);
  Terminal person(desk.command({"--source", "flatbed"}), desk.paper.environment());
  for (int page = 1; page <= 2; ++page) {
    ASSERT_TRUE(person.sees("Tiếp theo?")) << person.screen();
    person.type("m");
  }
  ASSERT_TRUE(person.sees("3 trang. Tiếp theo?")) << person.screen();
  person.type("");
  EXPECT_EQ(person.ends(), 0) << person.screen();
  EXPECT_EQ(desk.pagesIn("stack-001"), inOrder(3));
}

}  // namespace
}  // namespace sohoa::test
