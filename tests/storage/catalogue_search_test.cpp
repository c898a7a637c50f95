#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/catalogue/catalogue.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::dossier;
using test::textsOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class CatalogueSearch : public testing::Test {
 protected:
  void SetUp() override {
    file(1, {"QUYẾT ĐỊNH\nVề việc giao đất cho hộ ông Trần Văn Hoà", "Điều 1. Giao 120 m2 đất ở"});
    file(2, {"Biên bản đo đạc: thửa dat 15, tờ bản đồ số 7", ""});
    file(3, {"Giấy phép khai thác nước dưới đất số 88/GP-UBND", "Thủy văn: sông Nhật Lệ"});
  }

  void file(int n, const std::vector<std::string>& pages) {
    DossierRecord record = dossier(n);
    record.documents[0].title = "Tài liệu " + std::to_string(n);
    record.registered->procedureName = "";
    catalogue_->recordFiled(record, 1, textsOf(record, pages));
  }

  std::vector<std::string> codes(const std::string& query) {
    std::vector<std::string> found;
    for (const SearchHit& hit : catalogue_->search(query, 10)) found.push_back(hit.dossierCode);
    std::sort(found.begin(), found.end());
    return found;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Catalogue> catalogue_ = test::openCatalogue(folder_ / "catalogue.sqlite");
};

TEST_F(CatalogueSearch, FindsWithAndWithoutDiacritics) {
  for (const char* query : {"quyet dinh", "Quyết định", "QUYẾT ĐỊNH", "\"quyet dinh\"",
                            "quyết dinh", "quye\u0302\u0301t"}) {
    EXPECT_THAT(codes(query), ElementsAre(codeOf(1))) << query;
  }
  EXPECT_THAT(codes("dat"), ElementsAre(codeOf(1), codeOf(2), codeOf(3)));
  EXPECT_THAT(codes("đất"), ElementsAre(codeOf(1), codeOf(3)));
  EXPECT_THAT(codes("đạc"), ElementsAre(codeOf(2)));
}

TEST_F(CatalogueSearch, FindsBothTonePlacements) {
  EXPECT_THAT(codes("Hòa"), ElementsAre(codeOf(1), codeOf(2), codeOf(3))) << "applicant Hòa, too";
  EXPECT_THAT(codes("\"Văn Hòa\""), ElementsAre(codeOf(1)));
  EXPECT_THAT(codes("thuỷ"), ElementsAre(codeOf(3)));
}

TEST_F(CatalogueSearch, KnowsPhrasesPrefixesAndNumbers) {
  EXPECT_THAT(codes("\"giao dat\""), ElementsAre(codeOf(1)));
  EXPECT_THAT(codes("\"dat giao\""), IsEmpty());
  EXPECT_THAT(codes("khai tha*"), ElementsAre(codeOf(3)));
  EXPECT_THAT(codes("thac"), ElementsAre(codeOf(3)));
  EXPECT_THAT(codes("tha"), IsEmpty());
  EXPECT_THAT(codes("88/GP-UBND"), ElementsAre(codeOf(3)));
  EXPECT_THAT(codes(codeOf(2)), ElementsAre(codeOf(2)));
  EXPECT_THAT(codes("1001/QĐ-STNMT"), ElementsAre(codeOf(1)));
}

TEST_F(CatalogueSearch, KnowsAPhraseByMoreThanItsPairsOfWords) {
  file(4, {"bản đồ địa chính, đồ địa phương, địa chính xã", ""});
  EXPECT_THAT(codes("\"ban do dia chinh\""), ElementsAre(codeOf(4)));
  EXPECT_THAT(codes("\"do dia chinh xa\""), IsEmpty()) << "its pairs are there, but apart";
  EXPECT_THAT(codes("\"do dia ph\"*"), ElementsAre(codeOf(4)));
  EXPECT_THAT(codes("\"do dia x\"*"), IsEmpty());
}

TEST_F(CatalogueSearch, KnowsBeginningsOfAnyLength) {
  file(4, {"nghiêng phường Đường đ9", ""});
  for (const char* query : {"n* phuo* đường", "ng* ph*", "ngh* p*", "nghi*", "nghieng*", "đ9*"}) {
    EXPECT_THAT(codes(query), ElementsAre(codeOf(4))) << query;
  }
  for (const char* query : {"nghieng1*", "phuoi*", "đ8*"})
    EXPECT_THAT(codes(query), IsEmpty()) << query;
}

/// A scan can be read as anything, and a signed PDF that comes as it is says what it likes.
TEST_F(CatalogueSearch, TakesPagesOfOneLongWordAndPagesOfVeryManyWords) {
  const std::string endless(5000, 'e'), other = std::string(4999, 'e') + "f";
  std::string many;
  for (int i = 0; i < 60'000; ++i) many += "w" + std::to_string(i * 7919 % 1'000'003) + " ";
  file(4, {endless + " ngắn", "đầu tiên " + many});
  EXPECT_THAT(codes(endless), ElementsAre(codeOf(4)));
  EXPECT_THAT(codes(other), IsEmpty()) << "differs only at its end";
  EXPECT_THAT(codes("\"" + endless + " ngan\""), ElementsAre(codeOf(4)));
  EXPECT_THAT(codes("\"dau tien w0\""), ElementsAre(codeOf(4)));
  EXPECT_THAT(codes("w7919"), ElementsAre(codeOf(4)));
}

TEST_F(CatalogueSearch, WantsAllWordsOnOnePage) {
  EXPECT_THAT(codes("nước Nhật"), IsEmpty());
  EXPECT_THAT(codes("sông Nhật"), ElementsAre(codeOf(3)));
}

TEST_F(CatalogueSearch, SaysWhereAndShowsTheOriginalText) {
  const auto hits = catalogue_->search("song nhat le", 10);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].documentCode, codeOf(3) + "-KQ1");
  EXPECT_EQ(hits[0].page, 2);
  EXPECT_EQ(hits[0].title, "Tài liệu 3");
  EXPECT_EQ(hits[0].snippet, "Thủy văn: [sông] [Nhật] [Lệ]");
}

TEST_F(CatalogueSearch, ShowsASheetRatherThanTheDescription) {
  file(4, {"Tài liệu 4 nói về rừng", ""});
  const auto hits = catalogue_->search("tai lieu 4", 10);
  ASSERT_GE(hits.size(), 1u);
  EXPECT_EQ(hits[0].dossierCode, codeOf(4));
  EXPECT_EQ(hits[0].page, 1);
  EXPECT_THAT(catalogue_->search("tai lieu 2", 10).at(0).snippet, HasSubstr("[Tài] [liệu] [2]"));
  EXPECT_EQ(catalogue_->search("tai lieu 2", 10).at(0).page, 0);
}

TEST_F(CatalogueSearch, RanksThePageThatSaysItMoreOften) {
  file(5, {"rừng " + std::string(2000, '.') + " xa", ""});
  file(6, {"rừng rừng rừng phòng hộ", ""});
  file(7, {"rừng", ""});
  const auto hits = catalogue_->search("rung", 10);
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[0].dossierCode, codeOf(6));
  EXPECT_EQ(catalogue_->search("rung", 2).size(), 2u);
}

/// Dossiers 11 to 14: two units, two procedures, four dates.
class CatalogueFilters : public CatalogueSearch {
 protected:
  void SetUp() override {
    for (int n = 11; n <= 14; ++n) {
      RegisterRow row = test::registerRow(n, n % 2 == 0 ? "Phòng A" : "Phòng B");
      row.procedureCode = n <= 12 ? "1.001" : "1.002";
      row.receivedOn = test::day(2021, 3, 1);
      row.resultDate.reset();
      if (n != 14) row.resultDate = test::day(2000 + n, 6, 15);
      catalogue_->importRegister({row});
      file(n, {"quyết định giao đất", ""});
    }
  }
  std::vector<std::string> found(const SearchFilter& filter, const std::string& query = "đất") {
    std::vector<std::string> codes;
    for (const SearchHit& hit : catalogue_->search(query, 10, filter)) {
      codes.push_back(hit.dossierCode);
    }
    std::sort(codes.begin(), codes.end());
    return codes;
  }
  static SearchFilter period(std::optional<Day> from, std::optional<Day> to) {
    SearchFilter filter;
    filter.from = from;
    filter.to = to;
    return filter;
  }
};

TEST_F(CatalogueFilters, NarrowByUnitAndProcedure) {
  SearchFilter filter;
  filter.unit = "Phòng A";
  EXPECT_THAT(found(filter), ElementsAre(codeOf(12), codeOf(14)));
  filter.procedureCode = "1.001";
  EXPECT_THAT(found(filter), ElementsAre(codeOf(12)));
  EXPECT_THAT(found(filter, "rừng"), IsEmpty());
  filter.unit = "Phòng";
  EXPECT_THAT(found(filter), IsEmpty()) << "not a part of the name";
}

TEST_F(CatalogueFilters, NarrowByTheDayOfTheResultElseOfReception) {
  using test::day;
  EXPECT_THAT(found(period(day(2011, 6, 15), day(2012, 6, 15))),
              ElementsAre(codeOf(11), codeOf(12)));
  EXPECT_THAT(found(period(day(2011, 6, 16), day(2012, 6, 14))), IsEmpty());
  EXPECT_THAT(found(period(day(2013, 1, 1), {})), ElementsAre(codeOf(13), codeOf(14)));
  EXPECT_THAT(found(period({}, day(2011, 12, 31))), ElementsAre(codeOf(11)));
  EXPECT_THAT(found(period(day(2021, 3, 1), day(2021, 3, 1))), ElementsAre(codeOf(14)));
  EXPECT_THAT(found(period(day(2022, 1, 1), day(2021, 1, 1))), IsEmpty());
}

TEST_F(CatalogueFilters, NarrowByStatus) {
  SearchFilter filter;
  filter.status = "in_force";
  EXPECT_EQ(found(filter).size(), 4u);
  filter.status = "withdrawn";
  EXPECT_THAT(found(filter), IsEmpty());
  DossierRecord record = dossier(12);
  record.documents[0].status = ResultStatus{};
  record.documents[0].status->state = ResultState::withdrawn;
  catalogue_->recordFiled(record, 2, textsOf(record, {"quyết định giao đất", ""}));
  EXPECT_THAT(found(filter), ElementsAre(codeOf(12)));
}

TEST_F(CatalogueFilters, KnowOnTheDayAskedForWhatHasExpiredByItsTerm) {
  DossierRecord record = dossier(12);
  record.documents[0].status = ResultStatus{};
  record.documents[0].status->until = test::day(2023, 6, 30);
  catalogue_->recordFiled(record, 2, textsOf(record, {"quyết định giao đất", ""}));
  SearchFilter inForce, expired;
  inForce.status = "in_force";
  expired.status = "expired";
  EXPECT_EQ(found(inForce).size(), 4u) << "without a day: as last set";
  inForce.today = expired.today = test::day(2023, 6, 30);
  EXPECT_EQ(found(inForce).size(), 4u);
  EXPECT_THAT(found(expired), IsEmpty());
  inForce.today = expired.today = test::day(2023, 7, 1);
  EXPECT_EQ(found(inForce).size(), 3u);
  EXPECT_THAT(found(expired), ElementsAre(codeOf(12)));
  const auto hit = catalogue_->search("giao dat", 10, expired);
  ASSERT_EQ(hit.size(), 1u);
  EXPECT_EQ(hit[0].status, "expired") << "nobody should take it for one in force";
  EXPECT_EQ(catalogue_->search("giao dat", 10, inForce).at(0).status, "in_force");
}

TEST_F(CatalogueFilters, AloneFindEveryDocumentTheyFit) {
  SearchFilter filter;
  filter.procedureCode = "1.002";
  EXPECT_THAT(found(filter, ""), ElementsAre(codeOf(13), codeOf(14)));
}

TEST_F(CatalogueFilters, FollowTheRegister) {
  RegisterRow row = test::registerRow(11, "Phòng C");
  row.resultDate = test::day(2019, 1, 1);
  catalogue_->importRegister({row});
  SearchFilter filter;
  filter.unit = "Phòng C";
  EXPECT_THAT(found(filter), ElementsAre(codeOf(11)));
  EXPECT_THAT(found(period(test::day(2019, 1, 1), test::day(2019, 1, 1))), ElementsAre(codeOf(11)));
  EXPECT_THAT(found(period(test::day(2011, 1, 1), test::day(2011, 12, 31))), IsEmpty());
}

TEST_F(CatalogueSearch, GivesNothingForNothing) {
  for (const char* query : {"", "   ", "\"\"", "***", "-", "AND", "\"", "không-có-từ-này"}) {
    EXPECT_THAT(catalogue_->search(query, 10), IsEmpty()) << query;
  }
  EXPECT_THAT(catalogue_->search("dat", 0), IsEmpty());
}

}  // namespace
}  // namespace sohoa
