#include "storage/register/register_merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/durable.h"
#include "storage/register/register_sorter.h"
#include "storage/tables/csv.h"
#include "tests/storage/sample.h"
#include "tests/support/files.h"

namespace sohoa {
namespace {

using test::codeOf;
using test::registerRow;

TEST(CsvParserTest, GivesTheSameRecordsInAnyPieces) {
  const std::string text = "a,\"b \"\"c\"\"\r\nd\",e\r\n\r\n\n\"x\",,\nlast,1";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    std::vector<std::pair<int, std::vector<std::string>>> records;
    CsvParser parser(',', [&](std::vector<std::string>& fields, int line) {
      records.emplace_back(line, fields);
    });
    for (std::size_t at = 0; at < text.size(); at += size)
      EXPECT_TRUE(parser.feed(text.substr(at, size)));
    EXPECT_TRUE(parser.finish());
    ASSERT_EQ(records.size(), 3u) << size;
    EXPECT_EQ(records[0], std::pair(1, std::vector<std::string>{"a", "b \"c\"\r\nd", "e"})) << size;
    EXPECT_EQ(records[1], std::pair(5, std::vector<std::string>{"x", "", ""})) << size;
    EXPECT_EQ(records[2], std::pair(6, std::vector<std::string>{"last", "1"})) << size;
  }
}

TEST(CsvParserTest, StopsAtARecordWithoutEnd) {
  CsvParser parser(',', [](std::vector<std::string>&, int) {});
  EXPECT_TRUE(parser.feed("a,b\nc,\"d\n"));
  bool taken = true;
  for (int i = 0; i < 100 && taken; ++i) taken = parser.feed(std::string(100'000, 'x') + "\n");
  EXPECT_FALSE(taken) << "a quote that is never closed would swallow the rest of the file";
  EXPECT_EQ(parser.lastLine(), 2);
}

TEST(RegisterSorterTest, SortsMoreThanItHoldsAndKeepsTheOrderOfLines) {
  const test::TemporaryFolder folder;
  std::vector<int> numbers;
  for (int i = 0; i < 500; ++i) numbers.push_back(i % 300);
  std::shuffle(numbers.begin(), numbers.end(), std::mt19937(1));
  {
    RegisterSorter sorter(folder / "runs", 37);
    int line = 1;
    for (const int n : numbers) {
      RegisterRow row = registerRow(n, "Phòng " + std::to_string(line));
      if (n % 2 == 0) row.resolvedOn = test::day(2021, 9, 20);
      row.excludedReason = n % 7 == 0 ? "secret" : "";
      sorter.add({row, line++});
    }
    std::string before;
    int count = 0, lineBefore = 0;
    while (const auto row = sorter.next()) {
      EXPECT_GE(row->row.dossierCode, before);
      if (row->row.dossierCode == before) {
        EXPECT_GT(row->line, lineBefore);
      }
      EXPECT_EQ(row->row.unit, "Phòng " + std::to_string(row->line));
      const int n = numbers[static_cast<std::size_t>(row->line - 1)];
      EXPECT_EQ(row->row.dossierCode, codeOf(n));
      EXPECT_EQ(row->row.resolvedOn.has_value(), n % 2 == 0);
      EXPECT_EQ(row->row.excludedReason, n % 7 == 0 ? "secret" : "");
      EXPECT_EQ(row->row.receivedOn, test::day(2021, 9, 10));
      before = row->row.dossierCode;
      lineBefore = row->line;
      ++count;
    }
    EXPECT_EQ(count, 500);
    EXPECT_TRUE(std::filesystem::exists(folder / "runs"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder / "runs")) << "work files are gone";
}

TEST(RegisterMergeTest, KeepsWhatTheComingFileHasNoColumnFor) {
  const test::TemporaryFolder folder;
  test::spill(folder / "register.csv",
              writeRegisterCsv({registerRow(1), registerRow(2), registerRow(4)}));
  std::vector<RegisterRow> coming = {registerRow(2, "Phòng mới"), registerRow(3)};
  coming[0].applicant = "";
  coming[0].medium = "";
  auto next = coming.begin();
  RegisterColumns columns;
  columns.set(static_cast<std::size_t>(RegisterColumn::unit));
  columns.set(static_cast<std::size_t>(RegisterColumn::medium));
  RegisterMerge merge(
      folder / "register.csv",
      [&]() -> std::optional<RegisterRow> {
        if (next == coming.end()) return std::nullopt;
        return *next++;
      },
      columns);
  std::vector<RegisterMerge::Row> rows;
  while (auto row = merge.next()) rows.push_back(std::move(*row));
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_FALSE(rows[0].changed());
  EXPECT_TRUE(rows[1].changed());
  EXPECT_EQ(rows[1].after.applicant, registerRow(2).applicant) << "the file says nothing about it";
  EXPECT_EQ(rows[1].after.medium, "") << "the file says that it is empty";
  EXPECT_EQ(describeChange(*rows[1].before, rows[1].after),
            "unit: \"" + registerRow(2).unit + "\" -> \"Phòng mới\"; medium: \"paper\" -> \"\"");
  EXPECT_FALSE(rows[2].before.has_value());
  EXPECT_EQ(rows[3].after, registerRow(4));
}

}  // namespace
}  // namespace sohoa
