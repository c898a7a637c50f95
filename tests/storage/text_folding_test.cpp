#include "storage/text/text_folding.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

FoldedWord word(const std::string& text) {
  const auto words = foldWords(text);
  EXPECT_EQ(words.size(), 1u) << text;
  return words.at(0);
}

TEST(Fold, TakesEveryVietnameseMarkOff) {
  EXPECT_EQ(foldText("QUYẾT ĐỊNH"), "quyet dinh");
  EXPECT_EQ(foldText("đất đai, Đồng Hới"), "dat dai dong hoi");
  EXPECT_EQ(foldText("àáảãạ ăằắẳẵặ âầấẩẫậ"), "aaaaa aaaaaa aaaaaa");
  EXPECT_EQ(foldText("èéẻẽẹ êềếểễệ ìíỉĩị"), "eeeee eeeeee iiiii");
  EXPECT_EQ(foldText("òóỏõọ ôồốổỗộ ơờớởỡợ"), "ooooo oooooo oooooo");
  EXPECT_EQ(foldText("ùúủũụ ưừứửữự ỳýỷỹỵ đ"), "uuuuu uuuuuu yyyyy d");
}

TEST(Fold, MakesComposedAndDecomposedTheSame) {
  EXPECT_EQ(foldText("\u0110i\u0323nh"), "dinh");
  EXPECT_TRUE(sameMarks(word("quye\u0302\u0301t"), word("quyết")));
  EXPECT_TRUE(sameMarks(word("quy\u1EBFt"), word("quyết")));
}

TEST(Fold, TakesOldAndNewTonePlacementForTheSame) {
  EXPECT_TRUE(sameMarks(word("hòa"), word("hoà")));
  EXPECT_TRUE(sameMarks(word("thủy"), word("thuỷ")));
  EXPECT_FALSE(sameMarks(word("hòa"), word("hóa")));
}

TEST(Fold, TakesEthForD) { EXPECT_TRUE(sameMarks(word("Ðất"), word("đất"))); }

TEST(Fold, SplitsAtSignsAndKeepsPlaces) {
  const std::string text = "Số: 1234/QĐ-STNMT";
  const auto words = foldWords(text);
  ASSERT_EQ(words.size(), 4u);
  EXPECT_EQ(words[2].folded, "qd");
  EXPECT_EQ(text.substr(words[2].begin, words[2].end - words[2].begin), "QĐ");
}

TEST(Fold, SurvivesBytesThatAreNoText) {
  EXPECT_EQ(foldText("a\xFF\xFE"
                     "b \xC4"),
            "a b");
  EXPECT_EQ(foldText(std::string("a\0b", 3)), "a b");
  EXPECT_EQ(foldText(""), "");
  EXPECT_EQ(foldText("\u0301\u0302"), "") << "marks without a letter";
}

TEST(Fold, LetsAQueryAskForTheMarksItHas) {
  EXPECT_TRUE(marksAgree(word("dat"), word("đất"), false));
  EXPECT_TRUE(marksAgree(word("đat"), word("đất"), false));
  EXPECT_TRUE(marksAgree(word("đất"), word("ĐẤT"), false));
  EXPECT_FALSE(marksAgree(word("đất"), word("dat"), false));
  EXPECT_FALSE(marksAgree(word("đất"), word("đạt"), false));
  EXPECT_FALSE(marksAgree(word("dat"), word("data"), false));
  EXPECT_TRUE(marksAgree(word("quy"), word("quyết"), true));
}

}  // namespace
}  // namespace sohoa
