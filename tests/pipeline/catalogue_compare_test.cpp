#include "pipeline/audit/catalogue_compare.h"

#include <gmock/gmock.h>

#include <sstream>

namespace sohoa {
namespace {

using testing::ElementsAre;

/// The lines of a text.
LineSource lines(const std::string& text) {
  return [text](const std::function<void(const std::string&)>& visit) {
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) visit(line);
  };
}

TEST(LineDifferences, AreTheLinesOfOneSideOnly) {
  EXPECT_THAT(lineDifferences(lines("a\nb\nc\n"), lines("c\na\nd\n"), 10),
              ElementsAre("- b", "+ d"));
  EXPECT_THAT(lineDifferences(lines("a\nb\n"), lines("b\na\n"), 10), ElementsAre());
  EXPECT_THAT(lineDifferences(lines("a\na\n"), lines("a\n"), 10), ElementsAre("- a"));
}

TEST(LineDifferences, AreCutOffWhereTheyGetTooMany) {
  EXPECT_THAT(lineDifferences(lines("a\nb\nc\n"), lines(""), 2), ElementsAre("- a", "- b"));
}

}  // namespace
}  // namespace sohoa
