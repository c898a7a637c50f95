// verify_rate [SECONDS [SOHOA]]: how fast signed PDFs of 1 MB are verified on one core, against
// what the core can do. Build: cmake --build --preset dev --target verify_rate. In one run:
//   bare        SHA-256 of the bytes that are signed and the public-key operations of the chain
//   verifyPdf   the whole answer, from the file
// for a B-B signature (chain of three), and for B-T, B-LT and B-LTA with all their timestamps and
// revocation data; by the processor's time, so that a busy machine disturbs less. What signature
// timestamps, OCSP responses and lists ask for is not in "bare".
// With the program SOHOA: the median time of `sohoa verify FILE` from start to answer, and files a
// second of one call with 300 files and one worker.

#include <fmt/core.h>
#include <openssl/x509.h>
#include <time.h>

#include <algorithm>
#include <functional>
#include <string>

#include "signing/base/asn1.h"
#include "signing/cms/cms.h"
#include "signing/cms/signature_scheme.h"
#include "signing/keys/demo_pki.h"
#include "signing/verify/report_text.h"
#include "tests/signing/signing_bench.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Of this thread, in seconds.
double processorTime() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double perSecond(double seconds, const std::function<void()>& work) {
  work();  // caches warm
  const double start = processorTime();
  int done = 0;
  double elapsed = 0;
  do {
    work();
    ++done;
    elapsed = processorTime() - start;
  } while (elapsed < seconds);
  return done / elapsed;
}

void require(bool ok, const std::string& what) {
  if (!ok) throw std::runtime_error(what);
}

/// What must be computed for one signature: its own, and those of the certificates on its path but
/// the anchor's.
class Bare {
 public:
  Bare(const SignatureReport& report, const std::string& file) : file_(&file) {
    const auto& e = report.evidence;
    range_ = e.byteRange;
    cms_ = e.cms;
    parsed_ = parseCms(cms_);
    for (const std::string& der : e.certificates) path_.push_back(certificateFromDer(der));
    require(path_.size() >= 2, "no path");
    require(readSignatureScheme(parsed_, EVP_sha256(), scheme_), "no scheme");
  }
  void hash() const {
    (void)digestOf(EVP_sha256(), std::string_view(*file_).substr(0, range_[1]));
    (void)digestOf(EVP_sha256(), std::string_view(*file_).substr(range_[2], range_[3]));
  }
  void keys() const {
    const std::string digest = digestOf(EVP_sha256(), parsed_.signedAttributesSet);
    require(verifySignatureValue(X509_get0_pubkey(path_[0].get()), scheme_, digest,
                                 parsed_.signedAttributesSet, parsed_.signature),
            "value");
    for (std::size_t i = 0; i + 1 < path_.size(); ++i) {
      require(X509_verify(path_[i].get(), X509_get0_pubkey(path_[i + 1].get())) == 1, "path");
    }
  }

 private:
  const std::string* file_;
  std::array<std::uint64_t, 4> range_{};
  std::string cms_;
  Cms parsed_;
  std::vector<Certificate> path_;
  SignatureScheme scheme_;
};

void compare(const char* name, double seconds, const fs::path& file, const TrustAnchors& anchors,
             Time at) {
  const std::string bytes = slurp(file);
  VerificationOptions options;
  options.at = options.now = at;
  // B-T says nothing of revocation, and nothing is fetched.
  if (std::string_view(name) == "B-T") {
    options.revocation = VerificationOptions::Revocation::available;
  }
  const VerificationReport first = verifyPdf(file, anchors, options);
  require(verdictOf(first) == "valid", describe(first, Language::en));
  std::vector<Bare> all;
  for (const SignatureReport& each : first.signatures) all.emplace_back(each, bytes);
  // In turn, so that a busy machine slows both alike.
  double bare = 0, ours = 0;
  constexpr int kTurns = 5;
  for (int turn = 0; turn < kTurns; ++turn) {
    bare += perSecond(seconds / kTurns, [&] {
      for (const Bare& each : all) each.hash(), each.keys();
    });
    ours += perSecond(seconds / kTurns, [&] {
      require(verdictOf(verifyPdf(file, anchors, options)) == "valid", "not valid");
    });
  }
  fmt::print("{:<6} {:8.0f} bare a second  {:8.0f} verified a second  {:5.1f} %\n", name,
             bare / kTurns, ours / kTurns, 100 * ours / bare);
}

void command(const fs::path& program, const fs::path& file, const fs::path& site,
             const fs::path& folder) {
  std::vector<double> times;
  for (int i = 0; i < 41; ++i) {
    const auto start = Clock::now();
    const CommandResult result =
        runCommand({program.string(), "--site", site.string(), "verify", file.string()});
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    require(result.ok(), result.describe());
  }
  std::sort(times.begin(), times.end());
  fmt::print("sohoa verify of one file: median {:.1f} ms, best {:.1f}, worst {:.1f}\n",
             times[times.size() / 2], times.front(), times.back());
  std::vector<std::string> call = {program.string(), "--site", site.string(), "--json", "verify",
                                   "--workers",      "1"};
  constexpr int kFiles = 300;
  for (int i = 0; i < kFiles; ++i) {
    call.push_back(folder / fmt::format("many-{}.pdf", i));
    fs::copy_file(file, call.back());
  }
  const auto start = Clock::now();
  require(runCommand(call).ok(), "many");
  const std::chrono::duration<double> took = Clock::now() - start;
  fmt::print("sohoa verify of {} files, one worker: {:.0f} a second\n", kFiles,
             kFiles / took.count());
}

int run(double seconds, const fs::path& program) {
  TemporaryFolder folder;
  const Time now = SystemClock().now();
  PlainPdf pdf;
  pdf.padding = std::string((1 << 20) - 1500, 'x');
  for (std::size_t i = 0; i < pdf.padding.size(); ++i) {
    pdf.padding[i] = static_cast<char>(i * 2654435761u >> 13);  // like compressed data
  }
  spill(folder / "plain.pdf", pdf.bytes());

  const fs::path site = folder / "site", keys = site / "keys", trust = site / "trust";
  if (program.empty()) {
    makeDemoPki(keys, trust, "Agency", now);
  } else {
    const CommandResult made = runCommand({program.string(), "init", site.string(), "--demo"});
    require(made.ok(), made.describe());
  }
  const SigningKey key =
      SigningKey::fromPkcs12(keys / "agency.p12", slurp(keys / "agency.password"));
  SignatureRequest request;
  request.at = now;
  request.sync = false;
  const auto signedNow = signPdf(folder / "plain.pdf", folder / "bb.pdf", key, request);
  require(bool(signedNow), "not signed");
  compare("B-B", seconds, folder / "bb.pdf", TrustAnchors::fromFolder(trust),
          now + std::chrono::minutes{1});

  TestServices services;
  const SigningKey other = services.key();
  for (const auto& [name, level] : {std::pair{"B-T", SignatureLevel::bT},
                                    {"B-LT", SignatureLevel::bLT},
                                    {"B-LTA", SignatureLevel::bLTA}}) {
    request.level = level;
    const fs::path file = folder / (std::string(name) + ".pdf");
    require(bool(signPdf(folder / "plain.pdf", file, other, request, services.services())), name);
    compare(name, seconds, file, services.anchors(), now + std::chrono::minutes{1});
  }
  if (!program.empty()) command(program, folder / "bb.pdf", site, folder.path());
  return 0;
}

}  // namespace
}  // namespace sohoa::test

int main(int argc, char** argv) {
  return sohoa::test::run(argc > 1 ? std::atof(argv[1]) : 3.0, argc > 2 ? argv[2] : "");
}
