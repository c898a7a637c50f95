#include "core/separator_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace sohoa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = SeparatorReading::Kind;

const SeparatorSheet kSheet{"000.00.12.H46-210910-0001", 3, 20, 5, "K7Q2XA"};

TEST(SeparatorSheet, IsReadBackFromItsPayload) {
  for (const std::string code : {"000.00.12.H46-210910-0001", "H46.12-210910-0001"}) {
    SeparatorSheet sheet = kSheet;
    sheet.code = code;
    const SeparatorReading reading = readSeparatorPayload(separatorPayload(sheet));
    EXPECT_EQ(reading.kind, Kind::sheet);
    EXPECT_EQ(reading.sheet, sheet);
  }
}

TEST(SeparatorSheet, HasAPayloadOfCharactersThatTheQrCodePacksTightly) {
  EXPECT_EQ(
      separatorPayload(kSheet).find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"),
      std::string::npos);
}

TEST(SeparatorSheet, IsRefusedWhenAnyCharacterIsAnother) {
  const std::string good = separatorPayload(kSheet);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == '7' ? '8' : '7';
    EXPECT_NE(readSeparatorPayload(bad).kind, Kind::sheet) << bad;
  }
  EXPECT_EQ(readSeparatorPayload(good + "0").kind, Kind::checkFailed);
  EXPECT_EQ(readSeparatorPayload(good.substr(0, good.size() - 1)).kind, Kind::checkFailed);
  EXPECT_EQ(readSeparatorPayload("SOHOA:1:").kind, Kind::checkFailed);
  EXPECT_EQ(readSeparatorPayload("SOHOA:1").kind, Kind::checkFailed);
}

TEST(SeparatorSheet, OfAnotherVersionIsKnownAsOurs) {
  std::string other = separatorPayload(kSheet);
  other[6] = '2';
  EXPECT_EQ(readSeparatorPayload(other).kind, Kind::unknownVersion);
  EXPECT_EQ(readSeparatorPayload("https://dichvucong.gov.vn/x").kind, Kind::none);
  EXPECT_EQ(readSeparatorPayload("").kind, Kind::none);
}

TEST(ReceiptCode, NamesItsDossierWhateverStandsAroundIt) {
  const std::string code = kSheet.code;
  for (const auto& text : std::vector<std::string>{
           code, "https://mc.quangbinh.gov.vn/tra-cuu?ma=" + code + "&x=1",
           "Mã hồ sơ: " + code + ".", "https://x.vn/000%2E00%2E12%2EH46-210910-0001",
           "000.00.12.h46-210910-0001|1.004193", "MHS-" + code, "{\"ma\":\"" + code + "\"}",
           code + "-KQ1"}) {
    EXPECT_THAT(dossierCodesIn(text), ElementsAre(code)) << text;
  }
  EXPECT_THAT(dossierCodesIn("H46.12-210910-0001;" + code),
              ElementsAre("H46.12-210910-0001", code));
}

TEST(ReceiptCode, IsNotFoundWhereNoneIs) {
  for (const std::string text : {"", "https://vietqr.net/970436", "000.00.12.H46-210931-0001",
                                 "000.00.12.H46-210910-00012", "--..--", "%%%2"}) {
    EXPECT_THAT(dossierCodesIn(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace sohoa
