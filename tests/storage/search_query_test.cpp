#include "storage/text/search_query.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

/// The terms as a person would write them down: each in quotes, a star after a prefix.
std::string expression(const std::string& query) {
  std::string text;
  for (const QueryTerm& term : parseQuery(query)) {
    text += text.empty() ? "\"" : " AND \"";
    for (std::size_t i = 0; i < term.words.size(); ++i) {
      text += (i == 0 ? "" : " ") + term.words[i].folded;
    }
    text += term.prefix ? "\" *" : "\"";
  }
  return text;
}

TEST(Query, UnderstandsWordsPhrasesAndPrefixes) {
  EXPECT_EQ(expression("Quyết định"), "\"quyet\" AND \"dinh\"");
  EXPECT_EQ(expression("\"Quyết định\" giao*"), "\"quyet dinh\" AND \"giao\" *");
  EXPECT_EQ(expression("“đất đai”"), "\"dat dai\"");
  EXPECT_EQ(expression("1234/QĐ-STNMT"), "\"1234 qd stnmt\"");
  EXPECT_EQ(expression("\"không đóng"), "\"khong dong\"");
}

TEST(Query, LeavesNothingOfTheIndexsLanguage) {
  EXPECT_EQ(expression("a OR NOT (b^ NEAR c)"),
            "\"a\" AND \"or\" AND \"not\" AND \"b\" AND \"near\" AND \"c\"");
  EXPECT_EQ(expression("words:x -y +z"), "\"words x\" AND \"y\" AND \"z\"");
  EXPECT_EQ(expression(" * \"\" -- "), "");
}

std::string snippet(const std::string& query, const std::string& text) {
  const auto words = foldWords(text);
  return snippetOf(text, words, findMatches(parseQuery(query), words));
}

TEST(Query, ShowsTheOriginalTextWithTheWordsMarked) {
  EXPECT_EQ(snippet("quyet dinh", "Nay Quyết định:\n  giao đất."), "Nay [Quyết] [định]: giao đất");
  EXPECT_EQ(snippet("\"quyet dinh\"", "Nay Quyết định giao đất"), "Nay [Quyết định] giao đất");
}

TEST(Query, ShowsThePlaceWhereMostTermsAre) {
  std::string text = "đất ";
  for (int i = 0; i < 50; ++i) text += "chữ ";
  text += "giao đất cho dân ";
  for (int i = 0; i < 50; ++i) text += "chữ ";
  const std::string shown = snippet("giao đất", text);
  EXPECT_EQ(shown.find("… "), 0u);
  EXPECT_NE(shown.find("[giao] [đất] cho dân"), std::string::npos) << shown;
  EXPECT_EQ(shown.substr(shown.size() - 4), " …");
}

TEST(Query, FindsNothingWhenOneTermIsMissing) {
  const auto words = foldWords("giao đất");
  EXPECT_TRUE(findMatches(parseQuery("giao rừng"), words).empty());
  EXPECT_TRUE(findMatches(parseQuery("\"đất giao\""), words).empty());
  EXPECT_TRUE(findMatches(parseQuery("đạt"), words).empty()) << "not the tone that is there";
  EXPECT_EQ(findMatches(parseQuery("gia* dat"), words).size(), 2u);
}

}  // namespace
}  // namespace sohoa
