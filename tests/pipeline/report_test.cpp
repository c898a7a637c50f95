#include "pipeline/reports/report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace sohoa {
namespace {

using testing::HasSubstr;

ReportRow row(std::int64_t digitised, std::int64_t received) {
  ReportRow made;
  made.received = received;
  made.digitised = digitised;
  return made;
}

TEST(Target, IsMetAtExactlyThirtyPercentAndNotBelow) {
  EXPECT_EQ(targetOf(row(3, 10), 30), Verdict::met);
  EXPECT_EQ(targetOf(row(3000, 10000), 30), Verdict::met);
  EXPECT_EQ(targetOf(row(2999, 10000), 30), Verdict::missed);
  EXPECT_EQ(targetOf(row(299'999'999, 1'000'000'000), 30), Verdict::missed);
  EXPECT_EQ(targetOf(row(300'000'000, 1'000'000'000), 30), Verdict::met);
}

TEST(Target, OfNothingReceivedDoesNotApply) {
  EXPECT_EQ(targetOf(row(0, 0), 30), Verdict::notApplicable);
  EXPECT_EQ(targetOf(row(0, 0), 0), Verdict::notApplicable);
  EXPECT_EQ(targetOf(row(0, 1), 0), Verdict::met);
}

TEST(Ratio, IsRoundedDownSoThatItNeverShowsMoreThanThereIs) {
  EXPECT_EQ(ratioText(row(2999, 10000)), "29.9 %");
  EXPECT_EQ(ratioText(row(3, 10)), "30.0 %");
  EXPECT_EQ(ratioText(row(2, 3)), "66.6 %");
  EXPECT_EQ(ratioText(row(1, 1)), "100.0 %");
  EXPECT_EQ(ratioText(row(0, 0)), "-");
}

/// Two units, 29.99 % and 30 %.
Report sample() {
  Report report;
  report.period = *parsePeriod("2021-Q3");
  report.grouping = Grouping::unit;
  report.madeAt = *parseIsoTime("2021-10-01T01:00:00Z");
  ReportRow missed = row(2999, 10000), met = row(3, 10);
  missed.group = "Phòng Đất đai, \"một cửa\"";
  met.group = "Phòng Nước";
  report.rows = {missed, met};
  report.total = row(3002, 10010);
  return report;
}

TEST(Report, InJsonHasTheFiguresAndTheVerdicts) {
  const auto json = nlohmann::json::parse(asJson(sample()));
  EXPECT_EQ(json.at("from"), "2021-07-01");
  EXPECT_EQ(json.at("to"), "2021-09-30");
  EXPECT_EQ(json.at("made_at"), "2021-10-01T08:00:00+07:00");
  EXPECT_EQ(json.at("groups").at(0).at("target"), "missed");
  EXPECT_EQ(json.at("groups").at(1).at("target"), "met");
  EXPECT_EQ(json.at("total").at("received"), 10010);
  EXPECT_EQ(json.at("total").at("digitised"), 3002);
  EXPECT_EQ(json.at("target_percent"), 30);
}

TEST(Report, InCsvQuotesWhatHoldsCommasAndQuotes) {
  const std::string csv = asCsv(sample(), Language::en);
  EXPECT_THAT(csv, HasSubstr("\"Phòng Đất đai, \"\"một cửa\"\"\",10000,"));
  EXPECT_THAT(csv, HasSubstr(",missed\r\n"));
  EXPECT_THAT(csv, HasSubstr(",met\r\n"));
  EXPECT_THAT(csv, testing::EndsWith("\r\n"));
}

TEST(Report, InATableNamesItsFiguresInBothLanguages) {
  const std::string en = asTable(sample(), Language::en), vi = asTable(sample(), Language::vi);
  EXPECT_THAT(en, HasSubstr("target 30 %"));
  EXPECT_THAT(en, HasSubstr("29.9 %  missed"));
  EXPECT_THAT(vi, HasSubstr("chỉ tiêu 30 %"));
  EXPECT_THAT(vi, HasSubstr("29.9 %  chưa đạt"));
  EXPECT_THAT(vi, HasSubstr("30.0 %  đạt"));
}

TEST(Report, OfNothingSaysThatTheTargetDoesNotApply) {
  Report report = sample();
  report.rows.clear();
  report.total = {};
  EXPECT_EQ(nlohmann::json::parse(asJson(report)).at("total").at("target"), "n/a");
  EXPECT_THAT(asTable(report, Language::vi), HasSubstr("-  không có số liệu"));
}

TEST(Report, CountsWhatIsNotToBeDigitisedApart) {
  Report report = sample();
  report.excluded = {{report.rows[0].group, "photocopy", 4},
                     {report.rows[0].group, "secret", 1},
                     {report.rows[1].group, "secret", 2}};
  const std::string table = asTable(report, Language::en), csv = asCsv(report, Language::en);
  EXPECT_THAT(table, HasSubstr("Not to be digitised, by the register: 7 of (1)"));
  EXPECT_THAT(table, HasSubstr("    secret: 3\n"));
  EXPECT_THAT(table, HasSubstr("Phòng Nước; secret: 2"));
  EXPECT_THAT(csv, HasSubstr(",5,missed\r\n"));
  EXPECT_THAT(csv, HasSubstr(",2,met\r\n"));
  const auto json = nlohmann::json::parse(asJson(report));
  EXPECT_EQ(json.at("excluded").size(), 3u);
  EXPECT_EQ(json.at("total").at("received"), 10010) << "they stay in the denominator";
}

TEST(Members, AreTheDossiersBehindAFigure) {
  ReportMember member;
  member.row.dossierCode = "H46-210901-0001";
  member.row.unit = "Phòng A, B";
  member.row.receivedOn = *parseIsoDay("2021-09-01");
  member.row.medium = "paper";
  member.row.excludedReason = "photocopy";
  member.filed = true;
  member.object = "urn:sohoa:dossier:H46-210901-0001";
  EXPECT_EQ(
      membersAsCsv({member}),
      "dossier_code,unit,procedure_code,received_on,medium,excluded_reason,filed,counted,pages,"
      "object\r\n"
      "H46-210901-0001,\"Phòng A, "
      "B\",,2021-09-01,paper,photocopy,1,0,0,urn:sohoa:dossier:H46-210901-0001\r\n");
}

}  // namespace
}  // namespace sohoa
