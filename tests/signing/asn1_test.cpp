#include "signing/base/asn1.h"

#include <gtest/gtest.h>

namespace sohoa {
namespace {

using namespace std::string_literals;

TEST(Asn1, WritesLengthsInTheFewestOctets) {
  EXPECT_EQ(derValue(0x04, "ab"), "\x04\x02"s + "ab");
  EXPECT_EQ(derValue(0x04, std::string(127, 'x')).substr(0, 2), "\x04\x7f"s);
  EXPECT_EQ(derValue(0x04, std::string(128, 'x')).substr(0, 3), "\x04\x81\x80"s);
  EXPECT_EQ(derValue(0x04, std::string(300, 'x')).substr(0, 4), "\x04\x82\x01\x2c"s);
}

TEST(Asn1, ObjectIdentifiersGoToBytesAndBack) {
  for (const char* oid :
       {"1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", "2.5.4.3", "1.3.101.112"}) {
    const std::string der = derOid(oid);
    EXPECT_EQ(oidText(std::string_view(der).substr(2)), oid);
  }
  EXPECT_EQ(derOid("1.2.840.113549"), "\x06\x06\x2a\x86\x48\x86\xf7\x0d"s);
}

TEST(Asn1, SetsAreSortedByTheirEncoding) {
  EXPECT_EQ(derSet({"\x02\x01\x80"s, "\x02\x01\x05"s}), "\x31\x06\x02\x01\x05\x02\x01\x80"s);
}

TEST(Asn1, ReadsIndefiniteLengthsAndConstructedStrings) {
  const std::string ber =
      "\x30\x80\x24\x80\x04\x01"
      "a"
      "\x04\x01"
      "b"
      "\x00\x00\x00\x00"s;
  BerReader outer(ber);
  BerReader inner(outer.next(0x30).content);
  EXPECT_EQ(octetsOf(inner.next()), "ab");
  EXPECT_TRUE(inner.done());
  EXPECT_TRUE(outer.done());
  EXPECT_FALSE(isDer(ber));
}

TEST(Asn1, RefusesWhatIsCutOff) {
  for (const std::string& bytes :
       {"\x30"s,
        "\x30\x05"
        "ab"s,
        "\x30\x80\x04\x01"
        "a"s,
        "\x04\x84\xff\xff\xff\xff"s, "\x04\x80\x00\x00"s, "\x1f\x01\x00"s}) {
    BerReader reader(bytes);
    EXPECT_THROW(reader.next(), Asn1Error);
  }
}

TEST(Asn1, RefusesNestingWithoutEnd) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "\x30\x80"s;
  BerReader reader(deep);
  EXPECT_THROW(reader.next(), Asn1Error);
  EXPECT_FALSE(isDer(deep));
}

TEST(Asn1, TellsDerFromBer) {
  EXPECT_TRUE(isDer("\x31\x06\x02\x01\x05\x02\x01\x80"s));
  EXPECT_FALSE(isDer("\x31\x06\x02\x01\x80\x02\x01\x05"s)) << "unsorted set";
  EXPECT_FALSE(
      isDer("\x04\x81\x01"
            "a"s))
      << "long form of a short length";
  EXPECT_FALSE(
      isDer("\x24\x03\x04\x01"
            "a"s))
      << "constructed string";
}

}  // namespace
}  // namespace sohoa
