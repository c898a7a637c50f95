#pragma once

#include <string>
#include <vector>

#include "tests/signing/test_pki.h"
#include "tests/support/files.h"

namespace sohoa::test {

/// A SoftHSM token with keys, named key1, key2 …, and the certificates of keys and CA. This process
/// and those it starts find it (SOFTHSM2_CONF); one at a time.
class SoftToken {
 public:
  static constexpr char kModule[] = "/usr/lib/softhsm/libsofthsm2.so";
  static constexpr char kPin[] = "567890";
  static bool isInstalled();

  SoftToken(const std::vector<Identity>& identities, const Identity& ca);
  /// Of the n-th key, from 1.
  std::string uri(int n) const;
  void pull();
  void putBack();

 private:
  TemporaryFolder folder_;
};

}  // namespace sohoa::test
