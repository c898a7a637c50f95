#include <gtest/gtest.h>

#include <map>

#include "storage/catalogue/catalogue.h"
#include "tests/storage/engine.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::day;
using test::dossier;
using test::registerRow;

const std::vector<Grouping> kGroupings = {Grouping::none, Grouping::unit, Grouping::procedure,
                                          Grouping::month};

class CatalogueReport : public testing::Test {
 protected:
  void SetUp() override {
    // 40 dossiers over three months, three units and two procedures; every third online, every
    // second filed, every fourth of the filed not counted.
    std::vector<RegisterRow> rows;
    for (int i = 0; i < 40; ++i) {
      RegisterRow row = registerRow(i, "unit " + std::to_string(i % 3));
      row.procedureCode = i % 2 == 0 ? "1.004193" : "2.000001";
      row.receivedOn =
          day(2021, 7 + static_cast<unsigned>(i % 3), 1 + static_cast<unsigned>(i % 28));
      if (i % 3 == 0) row.medium = "online";
      if (i % 5 == 0) row.resolvedOn = day(2021, 11, 1);
      rows.push_back(row);
    }
    catalogue_->importRegister(rows);
    for (int i = 0; i < 40; i += 2) catalogue_->recordFiled(dossier(i, i % 8 != 0), 1, {});
  }

  /// The figures again, from the lists behind them.
  ReportRow countAgain(Day from, Day to, Grouping grouping, const std::string& group) {
    ReportRow row;
    row.group = group;
    for (const ReportMember& member : catalogue_->membersOf(from, to, grouping, group)) {
      const bool paper = member.row.medium == "paper", digitised = member.filed && member.counted;
      row.received += 1;
      row.receivedPaper += paper;
      row.resolved += member.row.resolvedOn.has_value();
      row.digitised += digitised;
      row.digitisedPaper += digitised && paper;
      row.filedNotCounted += member.filed && !member.counted;
      row.pages += digitised ? member.pages : 0;
      EXPECT_EQ(member.filed, !member.object.empty());
    }
    return row;
  }

  void expectEveryFigureHasItsList(Day from, Day to) {
    for (const Grouping grouping : kGroupings) {
      std::int64_t received = 0;
      for (const ReportRow& row : catalogue_->report(from, to, grouping)) {
        const ReportRow again = countAgain(from, to, grouping, row.group);
        EXPECT_EQ(row.received, again.received) << row.group;
        EXPECT_EQ(row.receivedPaper, again.receivedPaper) << row.group;
        EXPECT_EQ(row.resolved, again.resolved) << row.group;
        EXPECT_EQ(row.digitised, again.digitised) << row.group;
        EXPECT_EQ(row.digitisedPaper, again.digitisedPaper) << row.group;
        EXPECT_EQ(row.filedNotCounted, again.filedNotCounted) << row.group;
        EXPECT_EQ(row.pages, again.pages) << row.group;
        received += row.received;
      }
      EXPECT_EQ(received, catalogue_->report(from, to, Grouping::none).at(0).received);
    }
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<Catalogue> catalogue_ = test::openCatalogue(folder_ / "catalogue.sqlite");
};

TEST_F(CatalogueReport, CountsWhatWasReceivedFiledAndCounted) {
  const auto all = catalogue_->report(day(2021, 1, 1), day(2021, 12, 31), Grouping::none);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].received, 40);
  EXPECT_EQ(all[0].receivedPaper, 26);
  EXPECT_EQ(all[0].resolved, 8);
  EXPECT_EQ(all[0].digitised, 15);
  EXPECT_EQ(all[0].filedNotCounted, 5);
  EXPECT_EQ(all[0].pages, 30);
}

TEST_F(CatalogueReport, HasTheListBehindEveryFigure) {
  expectEveryFigureHasItsList(day(2021, 1, 1), day(2021, 12, 31));
  expectEveryFigureHasItsList(day(2021, 7, 5), day(2021, 8, 20));
}

TEST_F(CatalogueReport, CountsEveryPeriodWhateverMonthsItCutsOrHolds) {
  using std::chrono::sys_days, std::chrono::days;
  const sys_days first(day(2021, 6, 29));
  for (int begin = 0; begin < 70; begin += 3) {
    for (int length = 1; length < 100; length += 7) {
      const sys_days from = first + days(begin), to = from + days(length - 1);
      std::int64_t expected = 0;
      for (int i = 0; i < 40; ++i) {
        const sys_days received(catalogue_->registered(codeOf(i))->receivedOn);
        expected += received >= from && received <= to ? 1 : 0;
      }
      EXPECT_EQ(catalogue_->report(from, to, Grouping::none).at(0).received, expected)
          << isoDay(from) << ".." << isoDay(to);
    }
  }
  expectEveryFigureHasItsList(day(2021, 7, 1), day(2021, 8, 31));
  expectEveryFigureHasItsList(day(2021, 6, 30), day(2021, 9, 1));
}

TEST_F(CatalogueReport, FollowsCorrectionsOfTheRegisterAndNewFilings) {
  RegisterRow moved = registerRow(4, "unit 9");
  moved.receivedOn = day(2021, 8, 2);
  moved.medium = "online";
  catalogue_->importRegister({moved});
  catalogue_->recordFiled(dossier(6, false), 2, {});
  catalogue_->recordFiled(dossier(8, true), 2, {});
  expectEveryFigureHasItsList(day(2021, 1, 1), day(2021, 12, 31));
  const auto units = catalogue_->report(day(2021, 1, 1), day(2021, 12, 31), Grouping::unit);
  ASSERT_EQ(units.size(), 4u);
  EXPECT_EQ(units[3].group, "unit 9");
  EXPECT_EQ(units[3].received, 1);
  EXPECT_EQ(units[3].digitised, 1);
}

TEST_F(CatalogueReport, TakesBothDaysOfThePeriodIn) {
  EXPECT_EQ(catalogue_->report(day(2021, 7, 1), day(2021, 7, 1), Grouping::none)[0].received, 1);
  EXPECT_EQ(catalogue_->report(day(2020, 7, 1), day(2020, 7, 2), Grouping::none)[0].received, 0);
  EXPECT_TRUE(catalogue_->report(day(2020, 7, 1), day(2020, 7, 2), Grouping::unit).empty());
  EXPECT_TRUE(catalogue_->report(day(2021, 7, 2), day(2021, 7, 1), Grouping::unit).empty());
}

TEST_F(CatalogueReport, NamesMonthsAsYearAndMonth) {
  const auto months = catalogue_->report(day(2021, 1, 1), day(2021, 12, 31), Grouping::month);
  ASSERT_EQ(months.size(), 3u);
  EXPECT_EQ(months[0].group, "2021-07");
  EXPECT_EQ(months[2].group, "2021-09");
}

TEST_F(CatalogueReport, CountsADossierThatIsNotRegisteredNowhere) {
  catalogue_->recordFiled(dossier(999), 1, {});
  const auto all = catalogue_->report(day(2000, 1, 1), day(2100, 1, 1), Grouping::none);
  EXPECT_EQ(all[0].received, 40);
  EXPECT_EQ(all[0].digitised, 15);
}

TEST_F(CatalogueReport, CountsWhatIsNotToBeDigitisedByGroupAndReason) {
  EXPECT_TRUE(catalogue_->excluded(day(2021, 1, 1), day(2021, 12, 31), Grouping::none).empty());
  for (const auto& [n, reason] :
       std::map<int, std::string>{{0, "secret"}, {3, "secret"}, {4, "photocopy"}}) {
    RegisterRow row = *catalogue_->registered(codeOf(n));
    row.excludedReason = reason;
    catalogue_->importRegister({row});
  }
  using Counts = std::vector<ExcludedCount>;
  const Day first = day(2021, 1, 1), last = day(2021, 12, 31);
  EXPECT_EQ(catalogue_->excluded(first, last, Grouping::none),
            (Counts{{"", "photocopy", 1}, {"", "secret", 2}}));
  EXPECT_EQ(catalogue_->excluded(first, last, Grouping::unit),
            (Counts{{"unit 0", "secret", 2}, {"unit 1", "photocopy", 1}}));
  EXPECT_EQ(catalogue_->excluded(day(2021, 8, 1), day(2021, 8, 31), Grouping::month),
            (Counts{{"2021-08", "photocopy", 1}}));
  EXPECT_EQ(catalogue_->report(first, last, Grouping::none).at(0).received, 40);
}

}  // namespace
}  // namespace sohoa
