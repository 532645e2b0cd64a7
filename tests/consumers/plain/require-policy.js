// That text cannot be evaluated shows that the page's Content-Security-Policy is in force.
let evaluated = true;
try {
  Function("1");
} catch {
  evaluated = false;
}
if (evaluated) throw new Error("There is no Content-Security-Policy");
