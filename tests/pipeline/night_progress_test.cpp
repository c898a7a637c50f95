#include "pipeline/night/night_progress.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

using std::chrono::seconds;

TEST(ClockTime, ShowsHoursOnlyWhenThereAreSome) {
  EXPECT_EQ(clockTime(seconds(0)), "0:00");
  EXPECT_EQ(clockTime(seconds(65)), "1:05");
  EXPECT_EQ(clockTime(seconds(3599)), "59:59");
  EXPECT_EQ(clockTime(seconds(7389)), "2:03:09");
}

TEST(LastWords, AddUpToWhatCameIn) {
  NightSummary summary;
  summary.received = 12;
  summary.filed = 9;
  summary.held = 2;
  summary.quarantined = 1;
  summary.pages = 40;
  summary.seconds = 65;
  EXPECT_TRUE(summary.balances());
  EXPECT_EQ(describe(summary, Language::vi),
            "Tiếp nhận 12 hồ sơ = 9 đã lưu kho + 2 chờ duyệt + 1 cách ly; nhận dạng 40 trang trong "
            "1:05.");
  EXPECT_EQ(describe(summary, Language::en),
            "12 dossiers received = 9 filed + 2 held + 1 quarantined; 40 pages read in 1:05.");
}

TEST(LastWords, NameWhatIsLeftOver) {
  NightSummary summary;
  summary.received = 2;
  summary.remaining = 2;
  summary.fromReview = 1;
  summary.leftAlone = 3;
  const std::string words = describe(summary, Language::en);
  for (const char* part :
       {"+ 2 not finished", "1 accepted in review", "3 folders of intake left alone"}) {
    EXPECT_NE(words.find(part), std::string::npos) << words;
  }
  summary.remaining = 1;
  EXPECT_FALSE(summary.balances());
}

}  // namespace
}  // namespace sohoa
