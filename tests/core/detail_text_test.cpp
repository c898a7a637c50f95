#include "core/texts/detail_text.h"

#include <gmock/gmock.h>

namespace sohoa {
namespace {

std::string vi(std::string_view english) { return detailText(Language::vi, english); }

TEST(DetailText, IsEnglishAsStored) {
  EXPECT_EQ(detailText(Language::en, "138 words"), "138 words");
}

TEST(DetailText, TranslatesWholeSentences) {
  EXPECT_EQ(vi("JPEG: the file ends before its end marker"),
            "tệp ảnh JPEG kết thúc giữa chừng, có thể chưa chép xong");
}

TEST(DetailText, KeepsTheValuesOfPatterns) {
  EXPECT_EQ(vi("138 words"), "138 từ");
  EXPECT_EQ(vi("52 % unread"), "52 % phần mực chưa đọc được");
  EXPECT_EQ(vi("40000 x 12 pixels"), "40000 x 12 điểm ảnh");
  EXPECT_EQ(vi("PNG: wrong checksum of chunk IDAT"), "dữ liệu ảnh PNG bị sai (khối IDAT)");
}

TEST(DetailText, SaysAContradictionAsAClerkWould) {
  EXPECT_EQ(vi("\"1286/QĐ-STNMT\" (89 %) != \"1285/QĐ-STNMT\""),
            "trên giấy 1286/QĐ-STNMT (đọc chắc chắn 89 %), trong sổ một cửa 1285/QĐ-STNMT");
  EXPECT_EQ(vi("\"A\" != \"B\""), "trên giấy A, trong sổ một cửa B");
  EXPECT_EQ(vi("3 != 4"), "có 3, phải là 4");
}

TEST(DetailText, LeavesWhatFitsNoRow) {
  for (const char* text : {"", "words", " words", "unknown library message", "{}", "138 wordsx"}) {
    EXPECT_EQ(vi(text), text);
  }
}

TEST(DetailText, IsNotMisledByValuesThatLookLikePatterns) {
  EXPECT_EQ(vi("\"a\" != \"b\" != \"c\""), "trên giấy a, trong sổ một cửa b\" != \"c");
  EXPECT_EQ(vi("words words"), "words từ");
  const std::string hostile(100'000, '"');
  EXPECT_FALSE(vi(hostile).empty());
}

}  // namespace
}  // namespace sohoa
