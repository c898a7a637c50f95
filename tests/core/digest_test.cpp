#include "core/digest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "tests/support/files.h"
#include "tests/support/process.h"

namespace sohoa {
namespace {

// FIPS 180-4 example messages (NIST, Cryptographic Standards: SHA256.pdf, SHA512.pdf).
const std::string kTwoBlocks256 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
const std::string kTwoBlocks512 =
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
    "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
const std::string kAbc512 =
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
    "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
const std::string kMillionA512 =
    "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
    "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b";

TEST(Digest, IsSha256AsNistComputesIt) {
  EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc").hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(kTwoBlocks256).hex(),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1000000, 'a')).hex(),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, IsSha512AsNistComputesIt) {
  EXPECT_EQ(sha512("").hex(),
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e");
  EXPECT_EQ(sha512("abc").hex(), kAbc512);
  EXPECT_EQ(sha512(kTwoBlocks512).hex(),
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
            "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909");
  EXPECT_EQ(sha512(std::string(1000000, 'a')).hex(), kMillionA512);
}

TEST(Digest, OfAStreamDoesNotDependOnThePieces) {
  const std::string data(1000000, 'a');
  for (const std::size_t piece : {1U, 7U, 127U, 128U, 129U, 65536U, 1000000U}) {
    Sha512Stream stream;
    for (std::size_t at = 0; at < data.size(); at += piece) {
      stream.add(std::string_view(data).substr(at, piece));
    }
    EXPECT_EQ(stream.finish().hex(), kMillionA512) << "pieces of " << piece;
  }
}

TEST(Digest, OfAStreamSurvivesAMove) {
  Sha512Stream first;
  first.add("a");
  Sha512Stream second(std::move(first));
  second.add("bc");
  EXPECT_EQ(second.finish().hex(), kAbc512);
}

TEST(Digest, OfAFileIsWhatSha512sumSays) {
  const test::TemporaryFolder folder;
  for (const std::size_t size : {0U, 1U, (1U << 18U) - 1, 1U << 18U, (1U << 18U) + 1, 1000003U}) {
    std::string data(size, '\0');
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<char>(i * 31 % 251);
    test::spill(folder / "data", data);
    const auto judged = test::runCommand({"sha512sum", folder / "data"});
    ASSERT_TRUE(judged.ok()) << judged.describe();
    EXPECT_EQ(sha512OfFile(folder / "data").hex(), judged.out.substr(0, 128)) << size << " bytes";
  }
}

TEST(Digest, OfAFileThatCannotBeReadThrowsNamingIt) {
  const test::TemporaryFolder folder;
  try {
    sha512OfFile(folder / "missing");
    FAIL() << "a missing file has no digest";
  } catch (const std::filesystem::filesystem_error& error) {
    EXPECT_EQ(error.path1(), folder / "missing");
    EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
  }
  EXPECT_THROW(sha512OfFile(folder.path()), std::filesystem::filesystem_error) << "a folder";
}

TEST(Digest, ReadsBackItsHexadecimal) {
  EXPECT_EQ(Sha512::fromHex(kAbc512), sha512("abc"));
  std::string upper = kAbc512;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  EXPECT_EQ(Sha512::fromHex(upper), sha512("abc"));
  EXPECT_EQ(Sha512::fromHex(upper)->hex(), kAbc512) << "written in lower case always";
}

TEST(Digest, ReadsNothingElse) {
  EXPECT_EQ(Sha512::fromHex(""), std::nullopt);
  EXPECT_EQ(Sha512::fromHex(kAbc512.substr(1)), std::nullopt);
  EXPECT_EQ(Sha512::fromHex(kAbc512 + "0"), std::nullopt);
  EXPECT_EQ(Sha256::fromHex(kAbc512), std::nullopt) << "of another length";
  for (const char bad : {'g', 'G', ' ', '/', ':', '@', '`', '\0', '\xc3'}) {
    std::string text = kAbc512;
    text[77] = bad;
    EXPECT_EQ(Sha512::fromHex(text), std::nullopt) << static_cast<int>(bad);
  }
}

TEST(Digest, IsComparedByItsBytes) {
  EXPECT_EQ(sha256("a"), sha256("a"));
  EXPECT_NE(sha256("a"), sha256("b"));
  EXPECT_LT(Sha256{}, sha256("a"));
}

}  // namespace
}  // namespace sohoa
