#include "ocr/language/suspect_word.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

TEST(Suspicion, TrustsWhatOfficeProseIsMadeOf) {
  for (const char* word :
       {"Quyết", "định",     "QĐ-UBND",       "17/2013/NĐ-CP", "UBND",  "TNHH",   "(b/c);",
        "m²",    "1.234,5",  "29/11/2013;",   "“Cơ",           "sở”",   "a)",     "VT,",
        "km",    "ngày/đêm", "0232.3897516.", "TTr-STNMT",     "ký./.", "(BOD₅)", "29A8012345"}) {
    EXPECT_FALSE(isSuspect(word, 0.95)) << word;
  }
}

TEST(Suspicion, DoubtsWhatCannotBeRead) {
  for (const char* word : {"mgíl", "giãấy", "Tùòi", "31/13/2021", "phzp", "thàn::gỉt", "3IÁm5x",
                           "ngư\\ời", "đ|nh", "quyêtn", "X(m)", "SO;,", "7B1", "."}) {
    EXPECT_TRUE(isSuspect(word, 0.95)) << word;
  }
}

TEST(Suspicion, DoubtsLowConfidenceWhateverTheText) { EXPECT_TRUE(isSuspect("Quyết", 0.4)); }

}  // namespace
}  // namespace sohoa
