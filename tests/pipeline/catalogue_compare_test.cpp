#include "pipeline/catalogue_compare.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

using testing::ElementsAre;

TEST(LineDifferences, AreTheLinesOfOneSideOnly) {
  EXPECT_THAT(lineDifferences("a\nb\nc\n", "c\na\nd\n", 10), ElementsAre("- b", "+ d"));
  EXPECT_THAT(lineDifferences("a\nb\n", "b\na\n", 10), ElementsAre());
  EXPECT_THAT(lineDifferences("a\na\n", "a\n", 10), ElementsAre("- a"));
}

TEST(LineDifferences, AreCutOffWhereTheyGetTooMany) {
  EXPECT_THAT(lineDifferences("a\nb\nc\n", "", 2), ElementsAre("- a", "- b"));
}

}  // namespace
}  // namespace sohoa
