package gcm_test

import (
	"errors"
	"fmt"

	"github.com/gcmkit/gcmkit/gcm"
)

func ExampleParseMoney() {
	eur, _ := gcm.CurrencyFromCode("EUR")
	fmt.Println(gcm.ParseMoney("200000", eur))

	// In prose "200.000 euros" is two hundred thousand. It isn't read as 200.
	_, err := gcm.ParseMoney("200.000", eur)
	fmt.Println(errors.Is(err, gcm.ErrDecimals), err)
	// Output:
	// EUR 200000.00 <nil>
	// true gcm: amount "200.000": more decimals than the currency has
}

func ExampleSum() {
	usd, _ := gcm.CurrencyFromCode("USD")
	var total gcm.Sum
	for range 3 {
		total = total.Add(gcm.MoneyOf(9_000_000_000_000_000_000, usd))
	}
	fmt.Println(usd, total.Amount(usd))
	// Output:
	// USD 270000000000000000.00
}
