# The checkers that come from npm: `include tests/checkers/checkers.mk`, then let the tests depend on $(CHECKERS).
CHECKERS := tests/checkers/node_modules/.installed

$(CHECKERS): tests/checkers/package.json
	cd tests/checkers && PUPPETEER_SKIP_DOWNLOAD=1 npm install
	touch $@
