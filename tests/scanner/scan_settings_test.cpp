#include <gtest/gtest.h>

#include "scanner/scanner.h"

namespace sohoa {
namespace {

TEST(PageSizes, AreNamesOrMillimetres) {
  EXPECT_EQ(pageSizeFrom("A4"), (PageSize{210, 297}));
  EXPECT_EQ(pageSizeFrom("a3"), (PageSize{297, 420}));
  EXPECT_EQ(pageSizeFrom("148.5x210"), (PageSize{148.5, 210}));
  EXPECT_EQ(pageSizeFrom("max"), (PageSize{0, 0}));
  for (const char* wrong :
       {"", "A9", "210", "210x", "x297", "210x297mm", "5x297", "nanx297", "210x1e9"}) {
    EXPECT_EQ(pageSizeFrom(wrong), std::nullopt) << wrong;
  }
}

TEST(ScanNames, AreFoundAgain) {
  for (const auto source : {ScanSource::flatbed, ScanSource::feeder, ScanSource::duplex}) {
    EXPECT_EQ(scanSourceFrom(nameOf(source)), source);
  }
  for (const auto mode : {ScanMode::colour, ScanMode::grey, ScanMode::lineart}) {
    EXPECT_EQ(scanModeFrom(nameOf(mode)), mode);
  }
  EXPECT_EQ(scanSourceFrom("ADF"), std::nullopt);
  EXPECT_EQ(scanModeFrom("color"), std::nullopt);
}

}  // namespace
}  // namespace sohoa
