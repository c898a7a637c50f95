#include "storage/ocfl/ocfl_layout.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

// The mappings of the extension's own document.
TEST(Layout, MapsTheExamplesOfTheExtension) {
  EXPECT_EQ(layoutPath("object-01"), "3c0/ff4/240/object-01");
  EXPECT_EQ(layoutPath("..hor/rib:le-$id"), "487/326/d8c/%2e%2ehor%2frib%3ale-%24id");
  EXPECT_EQ(layoutPath("..Hor/rib:lè-$id"), "373/529/21a/%2e%2eHor%2frib%3al%c3%a8-%24id");
}

TEST(Layout, CutsLongNamesAndAppendsTheDigest) {
  std::string tens;
  for (int i = 0; i < 10; ++i) tens += "abcdefghij";
  EXPECT_EQ(layoutPath(tens).filename(), tens);
  EXPECT_EQ(
      layoutPath(tens + "a"),
      "5cc/73e/648/" + tens + "-5cc73e648fbcff136510e330871180922ddacf193b68fdeff855683a01464220");
}

TEST(Layout, LetsAPersonReadTheDossierCode) {
  EXPECT_EQ(encapsulationFolder("urn:sohoa:dossier:000.00.12.H46-210910-0001"),
            "urn%3asohoa%3adossier%3a000%2e00%2e12%2eH46-210910-0001");
}

}  // namespace
}  // namespace sohoa
