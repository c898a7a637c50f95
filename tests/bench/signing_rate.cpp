// signing_rate [SECONDS [SCAN.jpg]]: how fast sohoa signs on one core, against what the core can
// do. Build: cmake --build --preset dev --target signing_rate. In one run, on PDFs of 1 MB,
// RSA-2048 from PKCS#12, SECONDS (default 3) each, every one in turns of a twentieth of a second
// with
//   bare       a bare RSA-2048 signature and SHA-256 of the bytes: the ceiling
//   B-B        signPdf without syncing to the disk, invisible and visible (the same time, a new
//              time each, and on a page full of text); then with syncing
//   B-LTA      with TSA, OCSP responder and revocation lists on loopback, in the same process
// With a scan: the peak memory of a document of 500 such pages with 500 words each, assembled and
// signed B-LTA.

#include <fmt/core.h>
#include <sys/resource.h>

#include <functional>
#include <string>

#include "pdf/pdfa/writer.h"
#include "signing/keys/key_material.h"
#include "signing/keys/key_use.h"
#include "tests/signing/plain_pdf.h"
#include "tests/signing/test_services.h"

namespace sohoa::test {
namespace {

namespace fs = std::filesystem;

struct Rate {
  double perSecond = 0, perCpuSecond = 0;
};

double cpuSeconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto of = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

using Work = std::function<void()>;

/// How often work was done in the time that it was given.
class Counter {
 public:
  explicit Counter(const Work& work) : work_(work) {}
  void run(double seconds) {
    const auto start = std::chrono::steady_clock::now();
    const double cpu = cpuSeconds();
    std::chrono::duration<double> elapsed{};
    do {
      work_();
      ++done_;
      elapsed = std::chrono::steady_clock::now() - start;
    } while (elapsed.count() < seconds);
    seconds_ += elapsed.count();
    cpuSeconds_ += cpuSeconds() - cpu;
  }
  Rate rate() const { return {done_ / seconds_, done_ / cpuSeconds_}; }

 private:
  const Work& work_;
  int done_ = 0;
  double seconds_ = 0, cpuSeconds_ = 0;
};

/// Measures work and what the core can do in slices that take turns: a shared machine is faster one
/// second and slower the next.
void compare(const char* what, double seconds, const Work& work, const Work& bare) {
  work();  // caches warm
  constexpr double kSlice = 0.05;
  Counter ours(work), ceiling(bare);
  for (double spent = 0; spent < seconds; spent += kSlice) {
    ours.run(kSlice);
    ceiling.run(kSlice);
  }
  const Rate rate = ours.rate(), most = ceiling.rate();
  fmt::print("{:<34} {:8.1f} a second  {:8.1f} a CPU second  {:5.1f} % of bare ({:.1f} % by CPU)\n",
             what, rate.perSecond, rate.perCpuSecond, 100 * rate.perSecond / most.perSecond,
             100 * rate.perCpuSecond / most.perCpuSecond);
}

void require(const Result<void>& done) {
  if (!done) throw std::runtime_error(done.error().item + ": " + done.error().detail);
}

long peakKilobytes() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

/// A page of 500 words, as recognition leaves it, on A4 of 300 dpi.
PageReading manyWords() {
  PageReading page;
  page.width = 2480, page.height = 3508, page.xDpi = page.yDpi = 300;
  TextBlock block;
  for (int y = 0; y < 50; ++y) {
    TextLine line;
    for (int x = 0; x < 10; ++x) {
      Word word;
      word.text = fmt::format("chữ{}", x * y);
      word.box = {250 + x * 200, 250 + y * 60, 160, 40};
      line.words.push_back(std::move(word));
    }
    line.box = {250, 250 + y * 60, 1960, 40};
    block.lines.push_back(std::move(line));
  }
  page.blocks.push_back(std::move(block));
  return page;
}

void bigDocument(TestServices& services, const SigningKey& key, const fs::path& folder,
                 const fs::path& scan) {
  const long before = peakKilobytes();
  std::vector<PdfPageSource> pages;
  for (int i = 0; i < 500; ++i) pages.push_back({scan, 0, manyWords()});
  const fs::path plain = folder / "big.pdf", out = folder / "big.signed.pdf";
  const auto written = writePdfA(plain, pages, {});
  if (!written) throw std::runtime_error(written.error().detail);
  const long assembled = peakKilobytes();
  SignatureRequest request;
  request.at = SystemClock().now();
  request.level = SignatureLevel::bLTA;
  require(signPdf(plain, out, key, request, services.services()));
  fmt::print("500 pages: file {} kB; peak memory {} kB before, {} kB assembled, {} kB signed\n",
             fs::file_size(out) / 1024, before, assembled, peakKilobytes());
}

/// As a digitised page: each word of its hidden text with a matrix and a size of its own.
std::string fullPage(std::size_t size) {
  PlainPdf pdf;
  pdf.text = ") Tj 3 Tr";
  for (int i = 0; i < 500; ++i) {
    pdf.text += fmt::format(
        " 1 0 0 1 {:.3f} {:.3f} Tm /F1 {:.3f} Tf {:.3f} Tz (nguyen) Tj 31.5 Tz "
        "( ) Tj",
        60.123 + i % 10 * 48, 750.456 - i / 10 * 14, 11.04, 98.765);
  }
  pdf.text += " (";
  pdf.padding = std::string(size - pdf.bytes().size(), 'x');
  return pdf.bytes();
}

int run(double seconds, const fs::path& scan) {
  TemporaryFolder folder;
  TestServices services;
  const SigningKey key = services.key();
  PlainPdf pdf;
  pdf.padding = std::string((1 << 20) - 1500, 'x');
  const std::string bytes = pdf.bytes();
  const fs::path in = folder / "in.pdf";
  spill(in, bytes);
  SignatureRequest request;
  request.at = SystemClock().now();
  request.sync = false;
  if (!scan.empty()) bigDocument(services, key, folder.path(), scan);

  const Work bare = [&] {
    const std::string digest = digestOf(EVP_sha256(), bytes);
    (void)signMessage(key.material(), {}, digest);
  };
  const auto say = [&](const char* what, const Work& work) { compare(what, seconds, work, bare); };
  say("bare RSA-2048 + SHA-256 of 1 MB", bare);
  say("writing 1 MB to a new file", [&] {
    spill(folder / "copy", bytes);
    fs::remove(folder / "copy");
  });
  // A new name each time, as in a batch: replacing a file makes some file systems wait for the
  // disk.
  int number = 0;
  const Work sign = [&] {
    const fs::path out = folder / fmt::format("out{}.pdf", number++);
    require(signPdf(in, out, key, request, services.services()));
    fs::remove(out);
  };
  say("B-B, invisible, not synced", sign);
  request.appearance.lines = {"SAO Y", "DEMO", isoVietnam(request.at)};
  say("B-B, visible, not synced", sign);
  // As in a night: the time shown is another one with each document.
  say("B-B, visible, a new time each", [&] {
    request.at += std::chrono::seconds(1);
    request.appearance.lines[2] = isoVietnam(request.at);
    sign();
  });
  spill(in, fullPage(bytes.size()));
  say("B-B, visible, a page of 500 words", sign);
  spill(in, bytes);
  request.appearance.lines.clear();
  request.sync = true;
  say("B-B, invisible, synced each", sign);
  request.sync = false;
  request.level = SignatureLevel::bLTA;
  const int asked = services.revocation().requests();
  say("B-LTA, invisible, not synced", sign);
  fmt::print("revocation requests for all of them: {}\n", services.revocation().requests() - asked);
  return 0;
}

}  // namespace
}  // namespace sohoa::test

int main(int argc, char** argv) {
  return sohoa::test::run(argc > 1 ? std::atof(argv[1]) : 3.0, argc > 2 ? argv[2] : "");
}
